package io.reflectbatch.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Where meters go, and where not.
 */
@ExtendWith(OutputCaptureExtension.class)
class MetricsExportTests {

	private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

	@TempDir
	private Path directory;

	@Test
	void goesNowhereUnlessSomebodyAsks() {
		MetricsExport export = export(null, Map.of(ENDPOINT, " "));
		assertThat(export.isWanted()).isFalse();
		Counter counter = export.registry().counter("reflect.chunks");
		counter.increment();
		export.begin();
		export.end();
		assertThat(counter.count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "OTEL_SDK_DISABLED,true", "OTEL_METRICS_EXPORTER,none" })
	void sendsNothingWhereOpenTelemetryIsSwitchedOff(String variable, String value) {
		assertThat(export(null, Map.of(ENDPOINT, "http://localhost:4318", variable, value)).isWanted()).isFalse();
	}

	@Test
	void writesTheFileWhileTheRunGoesOnAndAtItsEnd() throws IOException {
		Path file = this.directory.resolve("reflect.prom");
		MetricsExport export = export(file, Map.of());
		Counter counter = export.registry().counter("reflect.chunks");
		export.begin();
		counter.increment();
		await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(file));
		counter.increment(2);
		export.end();
		assertThat(file).content().isEqualTo("""
				# HELP reflect_chunks_total Chunks
				# TYPE reflect_chunks_total counter
				reflect_chunks_total 3.0
				""");
		assertThat(files()).containsExactly(file);
	}

	@Test
	void leavesTheFileOfAnotherRunAloneUntilItBegins() throws IOException {
		Path file = Files.writeString(this.directory.resolve("reflect.prom"), "of another run");
		export(file, Map.of()).registry().counter("reflect.chunks").increment();
		assertThat(file).content().isEqualTo("of another run");
	}

	@Test
	void warnsOnceOfAFileThatCannotBeWritten(CapturedOutput output) {
		MetricsExport export = export(this.directory.resolve("gone/reflect.prom"), Map.of());
		export.begin();
		await().atMost(Duration.ofSeconds(5)).until(() -> output.getErr().contains("was not written"));
		assertThatNoException().isThrownBy(export::end);
		assertThat(output.getErr().lines()).filteredOn((line) -> line.contains("metrics file")).hasSize(1);
	}

	@Test
	void pushesAtTheEndWithWhatTheEnvironmentSays() throws IOException {
		try (Collector collector = Collector.start()) {
			MetricsExport export = export(null,
					Map.of(ENDPOINT, collector.endpoint() + "/", "OTEL_SERVICE_NAME", "memory",
							"OTEL_RESOURCE_ATTRIBUTES", "service.name=other,host.name=m%C3%BCnchen",
							"OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20a+b"));
			export.registry().counter("reflect.chunks").increment(3);
			export.begin();
			export.registry().counter("reflect.chunks").increment(1);
			export.end();
			assertThat(collector.received()).hasSize(1);
			Collector.Received received = collector.received().getFirst();
			assertThat(received.path()).isEqualTo("/v1/metrics");
			assertThat(received.authorization()).isEqualTo("Bearer a+b");
			assertThat(received.attributes()).containsEntry("service.name", "memory")
				.containsEntry("host.name", "münchen");
			assertThat(collector.counter("reflect.chunks")).isEqualTo(4);
		}
	}

	@Test
	void pushesAtAnIntervalWhileALongRunGoesOn() throws IOException {
		try (Collector collector = Collector.start()) {
			MetricsExport export = export(null, Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
					collector.endpoint() + "/mine", "OTEL_METRIC_EXPORT_INTERVAL", "200"));
			export.begin();
			await().atMost(Duration.ofSeconds(10)).until(() -> collector.received().size() > 1);
			export.end();
			assertThat(collector.received().getFirst().path()).isEqualTo("/mine");
			assertThat(collector.received().getFirst().attributes()).containsEntry("service.name", "reflect-batch");
		}
	}

	@Test
	void warnsOnceOfACollectorThatIsDownWithoutItsSecrets(CapturedOutput output) throws IOException {
		String down = "http://user:geheim@localhost:" + freePort();
		MetricsExport export = export(null, Map.of(ENDPOINT, down, "OTEL_METRIC_EXPORT_INTERVAL", "100"));
		export.begin();
		await().atMost(Duration.ofSeconds(10)).until(() -> output.getErr().contains("Metrics were not sent"));
		long start = System.nanoTime();
		assertThatNoException().isThrownBy(export::end);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		assertThat(output.getErr().lines()).filteredOn((line) -> line.contains("Metrics were not sent"))
			.singleElement()
			.asString()
			.contains("http://localhost:", "refused")
			.doesNotContain("geheim");
	}

	@Test
	void warnsOfACollectorThatRefuses(CapturedOutput output) throws IOException {
		try (Collector collector = Collector.refusing(401)) {
			MetricsExport export = export(null, Map.of(ENDPOINT, collector.endpoint()));
			export.begin();
			export.end();
			assertThat(output.getErr()).contains("Metrics were not sent to " + collector.endpoint(), "401");
		}
	}

	@ParameterizedTest
	@CsvSource({ "not an address", "ftp://localhost:1", "http://" })
	void warnsOfAnAddressThatIsNone(String address, CapturedOutput output) {
		MetricsExport export = export(null, Map.of(ENDPOINT, address));
		export.begin();
		export.end();
		assertThat(output.getErr()).contains("Metrics were not sent to");
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.toList();
		}
	}

	private static MetricsExport export(@Nullable Path file, Map<String, String> variables) {
		MetricsExport export = new MetricsExport(file, variables::get);
		Counter.builder("reflect.chunks").description("Chunks").register(export.registry());
		return export;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
