package io.reflectbatch.store.qdrant;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.qdrant.QdrantContainer;

/**
 * Qdrant in Docker. The ports of the host are chosen here and not by Docker, which gives
 * new ones at every start.
 */
final class DockerQdrant implements QdrantHost {

	/** The version of the npm package. */
	private static final String IMAGE = "qdrant/qdrant:v1.16.3";

	/** Asked once: looking for an engine takes seconds. */
	private static final boolean available = isAvailable();

	private final LoopbackPorts ports = LoopbackPorts.free();

	private final QdrantContainer container = new QdrantContainer(IMAGE);

	private DockerQdrant(@Nullable String apiKey) {
		this.container.setPortBindings(
				List.of("127.0.0.1:" + this.ports.rest() + ":6333", "127.0.0.1:" + this.ports.grpc() + ":6334"));
		this.container.withEnv("QDRANT__TELEMETRY_DISABLED", "true");
		if (apiKey != null) {
			this.container.withApiKey(apiKey);
		}
	}

	// Testcontainers tells at length, as an error, where it has looked. Here it is none.
	private static boolean isAvailable() {
		Logger logger = (Logger) LoggerFactory.getLogger("org.testcontainers");
		Level level = logger.getLevel();
		logger.setLevel(Level.OFF);
		try {
			return DockerClientFactory.instance().isDockerAvailable();
		}
		finally {
			logger.setLevel(level);
		}
	}

	static Optional<QdrantHost> find(@Nullable String apiKey, List<String> missing) {
		if (!available) {
			missing.add("no Docker engine answers");
			return Optional.empty();
		}
		return Optional.of(new DockerQdrant(apiKey));
	}

	@Override
	public URI url() {
		return this.ports.url();
	}

	@Override
	public void start() {
		if (this.container.isCreated()) {
			this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
		}
		else {
			this.container.start();
		}
		QdrantReadiness.await(url(), () -> true, "docker logs " + this.container.getContainerId());
	}

	@Override
	public void kill() {
		this.container.getDockerClient().killContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
