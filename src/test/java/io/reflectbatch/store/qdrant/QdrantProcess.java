package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * Qdrant as a child process, on loopback only; its log is {@code target/qdrant/PORT.log}.
 */
final class QdrantProcess implements QdrantHost {

	private static final Path HOME = Path.of("target/qdrant").toAbsolutePath();

	private final Path binary;

	private final LoopbackPorts ports = LoopbackPorts.free();

	private final Path directory = HOME.resolve(String.valueOf(this.ports.rest()));

	private final Path log = HOME.resolve(this.ports.rest() + ".log");

	private final @Nullable String apiKey;

	private @Nullable Process process;

	private QdrantProcess(Path binary, @Nullable String apiKey) {
		this.binary = binary;
		this.apiKey = apiKey;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of Qdrant"));
	}

	static Optional<QdrantHost> find(@Nullable String apiKey, List<String> missing) {
		return QdrantBinary.find(missing).map((binary) -> new QdrantProcess(binary, apiKey));
	}

	@Override
	public URI url() {
		return this.ports.url();
	}

	@Override
	public void start() {
		try {
			Files.createDirectories(this.directory);
			ProcessBuilder builder = new ProcessBuilder(this.binary.toString()).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
			configure(builder.environment());
			Process started = builder.start();
			this.process = started;
			QdrantReadiness.await(url(), started::isAlive, this.log.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void configure(Map<String, String> environment) {
		environment.keySet().removeIf((name) -> name.startsWith("QDRANT__"));
		environment.put("QDRANT__SERVICE__HOST", "127.0.0.1");
		environment.put("QDRANT__SERVICE__HTTP_PORT", String.valueOf(this.ports.rest()));
		environment.put("QDRANT__SERVICE__GRPC_PORT", String.valueOf(this.ports.grpc()));
		environment.put("QDRANT__STORAGE__STORAGE_PATH", this.directory.resolve("storage").toString());
		environment.put("QDRANT__STORAGE__SNAPSHOTS_PATH", this.directory.resolve("snapshots").toString());
		environment.put("QDRANT__TELEMETRY_DISABLED", "true");
		if (this.apiKey != null) {
			environment.put("QDRANT__SERVICE__API_KEY", this.apiKey);
		}
	}

	@Override
	public void kill() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
			awaitEnd(running);
		}
	}

	private static void awaitEnd(Process process) {
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Qdrant, process " + process.pid() + ", does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
