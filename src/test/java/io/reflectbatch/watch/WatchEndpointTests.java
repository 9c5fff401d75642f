package io.reflectbatch.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WatchEndpointTests {

	@TempDir
	private Path home;

	private final FakeTime time = new FakeTime();

	private final WatchState state = new WatchState(this.time);

	private final HttpClient client = HttpClient.newHttpClient();

	private WatchEndpoint endpoint;

	@BeforeEach
	void serve() throws IOException {
		this.endpoint = new WatchEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
				this.state::snapshot, this.home.resolve("metrics.prom"));
		new EndpointFile(this.home).write(this.endpoint.url());
	}

	@AfterEach
	void close() {
		this.endpoint.close();
		this.client.close();
	}

	@Test
	void servesHealthWith200OrWith503() throws Exception {
		HttpResponse<String> starting = send("GET", "/health");
		assertThat(starting.statusCode()).isEqualTo(200);
		assertThat(starting.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(starting.body()).startsWith("{\"status\":\"STARTING\",");
		failThreeTimes();
		HttpResponse<String> down = send("GET", "/health");
		assertThat(down.statusCode()).isEqualTo(503);
		assertThat(down.body()).contains("\"status\":\"DOWN\",\"reason\":\"the last 3 imports have failed");
	}

	@Test
	void servesItsMetersAndThoseOfTheLastImport() throws Exception {
		assertThat(send("GET", "/metrics").body()).contains("reflect_watch_healthy 1\n").endsWith("\n");
		Files.writeString(this.home.resolve("metrics.prom"),
				"# TYPE reflect_chunks_total counter\nreflect_chunks_total 7\n");
		HttpResponse<String> metrics = send("GET", "/metrics");
		assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
		assertThat(metrics.body()).contains("reflect_watch_healthy 1\n").endsWith("\nreflect_chunks_total 7\n");
	}

	@Test
	void servesNothingElse() throws Exception {
		assertThat(send("GET", "/").statusCode()).isEqualTo(404);
		assertThat(send("GET", "/healthy").statusCode()).isEqualTo(404);
		assertThat(send("GET", "/metrics/../etc/passwd").statusCode()).isEqualTo(404);
		HttpResponse<String> posted = send("POST", "/health");
		assertThat(posted.statusCode()).isEqualTo(405);
		assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
		assertThat(send("HEAD", "/health").body()).isEmpty();
	}

	@Test
	void aClientThatSaysNothingDoesNotHoldUpOthers() throws Exception {
		URI url = URI.create(this.endpoint.url());
		try (Socket one = new Socket(url.getHost(), url.getPort());
				Socket two = new Socket(url.getHost(), url.getPort());
				Socket three = new Socket(url.getHost(), url.getPort())) {
			one.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
			assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
			assertThat(two.isConnected() && three.isConnected()).isTrue();
		}
	}

	@Test
	void isAskedThroughTheFileInTheDataDirectory() throws Exception {
		EndpointFile file = new EndpointFile(this.home);
		assertThat(file.ask().healthy()).isTrue();
		failThreeTimes();
		EndpointFile.Answer answer = file.ask();
		assertThat(answer.healthy()).isFalse();
		assertThat(answer.document()).contains("DOWN");
		this.endpoint.close();
		assertThatIOException().isThrownBy(file::ask);
		file.delete(this.endpoint.url());
		assertThatIOException().isThrownBy(file::ask)
			.withMessageContaining("No watch")
			.withMessageContaining(this.home.toString());
	}

	@Test
	void aPortThatIsTakenIsSaidWithTheRemedy() {
		int port = URI.create(this.endpoint.url()).getPort();
		Watch second = watch(port, () -> {
			throw new IOException("nothing is imported");
		});
		assertThatExceptionOfType(WatchFailedException.class).isThrownBy(second::run)
			.withMessageContaining("127.0.0.1 port " + port)
			.withMessageContaining("--port");
	}

	@Test
	void anAddressThatThereIsNotIsSaidWithTheRemedy() {
		Watch watch = new Watch(settings("no.such.host.invalid", 9465), () -> {
			throw new IOException("nothing is imported");
		}, (level, message) -> {
		});
		assertThatExceptionOfType(WatchFailedException.class).isThrownBy(watch::run)
			.withMessageContaining("no.such.host.invalid")
			.withMessageContaining("--address");
	}

	@Test
	void aWatchThatCannotServeLeavesTheAddressOfTheOneThatDoes() throws Exception {
		Watch second = watch(URI.create(this.endpoint.url()).getPort(), () -> {
			throw new IOException("nothing is imported");
		});
		assertThatExceptionOfType(WatchFailedException.class).isThrownBy(second::run);
		assertThat(new EndpointFile(this.home).ask().healthy()).isTrue();
	}

	@Test
	void aWatchThatEndsTakesItsAddressAway() throws Exception {
		Path file = this.home.resolve("watch-endpoint");
		int port = freePort();
		AtomicReference<String> served = new AtomicReference<>();
		Watch watch = watch(port, () -> {
			served.set(Files.readString(file));
			return misconfigured();
		});
		assertThat(watch.run()).isEqualTo(2);
		assertThat(served).hasValue("http://127.0.0.1:" + port + "\n");
		assertThat(file).doesNotExist();
	}

	@Test
	void aWatchThatEndsLeavesTheAddressThatAnotherHasWrittenMeanwhile() throws Exception {
		Watch watch = watch(freePort(), () -> {
			new EndpointFile(this.home).write(this.endpoint.url());
			return misconfigured();
		});
		assertThat(watch.run()).isEqualTo(2);
		assertThat(new EndpointFile(this.home).ask().healthy()).isTrue();
	}

	private Watch watch(int port, ImportStarter imports) {
		return new Watch(settings("127.0.0.1", port), imports, (level, message) -> {
		});
	}

	private FakeImport misconfigured() {
		return new FakeImport(this.time, Duration.ZERO, 2, 1);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private WatchSettings settings(String address, int port) {
		return new WatchSettings(this.home, this.home, this.home.resolve("metrics.prom"), Duration.ofSeconds(60),
				address, port);
	}

	private void failThreeTimes() {
		for (int i = 0; i < 3; i++) {
			this.state.importEnded(new RunningImport.End(CycleResult.FAILED, 1));
		}
	}

	private HttpResponse<String> send(String method, String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.endpoint.url() + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
