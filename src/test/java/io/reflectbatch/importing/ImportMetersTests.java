package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.ObservationRegistry;
import io.reflectbatch.docs.MarkdownDocument;
import io.reflectbatch.metrics.Collector;
import io.reflectbatch.metrics.MetricsExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

/**
 * What is measured of an import, and that the page about it says the same.
 */
class ImportMetersTests {

	private static final String SECRET = "geheim";

	@TempDir
	private Path directory;

	@Test
	void thePageHasEveryMeterWithItsKindUnitTagsAndMeaning() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		for (Map<String, String> row : MarkdownDocument.read("docs/metrics.md").table("The metrics")) {
			List<String> tags = MarkdownDocument.literals(row.get("tags"));
			documented.put(MarkdownDocument.literals(row.get("metric")).getFirst(),
					String.join(" ", row.get("kind"), row.get("unit"), tags.isEmpty() ? "" : tags.getFirst(),
							firstWords(row.getOrDefault("what it says", ""))));
		}
		Map<String, String> code = new TreeMap<>();
		for (Meter meter : ours()) {
			code.put(meter.getId().getName(),
					String.join(" ", meter.getId().getType().name().toLowerCase(Locale.ROOT), unit(meter),
							meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.joining()),
							firstWords(String.valueOf(meter.getId().getDescription()))));
		}
		assertThat(documented).isEqualTo(code);
	}

	private static String firstWords(String text) {
		return text.toLowerCase(Locale.ROOT).replaceFirst("[;,(].*", "").strip();
	}

	private static String unit(Meter meter) {
		String unit = meter.getId().getBaseUnit();
		return (unit != null) ? unit : (meter.getId().getType() == Meter.Type.TIMER) ? "seconds" : "";
	}

	@Test
	void thePageHasEveryValueOfEveryTag() throws IOException {
		MarkdownDocument page = MarkdownDocument.read("docs/metrics.md");
		List<String> outcomes = MarkdownDocument.literals(page.table("The metrics").getFirst().get("tags"));
		assertThat(outcomes.subList(1, outcomes.size())).containsExactlyInAnyOrderElementsOf(values("outcome"));
		assertThat(page.literalsIn("Reasons")).containsExactlyInAnyOrderElementsOf(values("reason"));
	}

	private Set<String> values(String tag) throws IOException {
		return ours().stream()
			.map((meter) -> meter.getId().getTag(tag))
			.filter((value) -> value != null)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private List<Meter> ours() throws IOException {
		try (TestApplication application = start()) {
			application.bean(ImportMeters.class);
			MeterRegistry registry = application.bean(MetricsExport.class).registry();
			return registry.getMeters();
		}
	}

	@Test
	void countsWhatAnImportDoesForPrometheusAndForACollector() throws IOException {
		Path logs = new LogDirectory(this.directory.resolve("logs"))
			.write("-home-" + SECRET + "/a.jsonl", conversation("a", 0, 30))
			.append("-home-" + SECRET + "/a.jsonl", "no JSON", "{\"type\":\"ai-title\",\"aiTitle\":\"" + SECRET + "\"}")
			.write("-home-" + SECRET + "/b.jsonl", conversation("b", 0, 30))
			.root();
		Path file = this.directory.resolve("reflect.prom");
		try (Collector collector = Collector.start();
				TestApplication application = TestApplication.start(this.directory.resolve("home"), logs,
						"reflect.metrics.file=" + file, "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.endpoint())) {
			application.importNew();
			application.bean(ImportMeters.class).end(0, true);

			Map<String, Double> samples = samples(file);
			ImportProgress.Snapshot done = application.bean(ImportProgress.class).snapshot();
			assertThat(samples).containsEntry("reflect_files_total{outcome=\"imported\"}", 2.0)
				.containsEntry("reflect_files_total{outcome=\"lost\"}", 0.0)
				.containsEntry("reflect_planned_files", 2.0)
				.containsEntry("reflect_chunks_total", (double) done.chunks())
				.containsEntry("reflect_tokens_total", (double) done.tokens())
				.containsEntry("reflect_message_tokens_total", (double) done.tokens())
				.containsEntry("reflect_embedding_seconds_count", (double) done.chunks())
				.containsEntry("reflect_skipped_lines_total{reason=\"unreadable\"}", 1.0)
				.containsEntry("reflect_skipped_lines_total{reason=\"title\"}", 1.0)
				.containsEntry("reflect_run_execution", 1.0)
				.containsEntry("reflect_run_exit_code", 0.0)
				.containsKey(
						"spring_batch_job_seconds_count{error=\"none\",spring_batch_job_name=\"import\",spring_batch_job_status=\"COMPLETED\"}");
			assertThat(done.chunks()).isPositive();
			assertThat(samples.get("reflect_upsert_seconds_sum")).isPositive();
			assertThat(samples.get("reflect_memory_heap_bytes")).isPositive();
			assertThat(samples.get("reflect_last_success_timestamp_seconds"))
				.isCloseTo((double) Instant.now().getEpochSecond(), offset(60.0));
			assertThat(file).content().doesNotContain(SECRET, "partition0", ".jsonl");

			assertThat(collector.names()).contains("reflect.embedding")
				.containsAll(MarkdownDocument.read("docs/metrics.md").literalsIn("Metrics of Spring Batch"));
			assertThat(collector.counter("reflect.chunks")).isEqualTo(done.chunks());
			assertThat(collector.toString()).doesNotContain(SECRET, ".jsonl");
		}
	}

	@Test
	void aFailedRunLeavesItsExitCodeAndTheTimeOfTheLastSuccess() throws IOException {
		Path logs = new LogDirectory(this.directory.resolve("logs")).write("-p/a.jsonl", conversation("a", 0, 5))
			.root();
		Path file = this.directory.resolve("reflect.prom");
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs)) {
			application.importNew();
		}
		Instant success = Instant.now();
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs,
				"reflect.metrics.file=" + file, "reflect.run.reimport=true")) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			List<JobExecution> executions = application.run();
			assertThat(executions.getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			application.bean(ImportMeters.class).end(1, false);
		}
		Map<String, Double> samples = samples(file);
		assertThat(samples).containsEntry("reflect_run_exit_code", 1.0).containsEntry("reflect_run_execution", 2.0);
		assertThat(samples.get("reflect_last_success_timestamp_seconds")).isBetween(
				(double) success.minus(Duration.ofMinutes(1)).getEpochSecond(), (double) success.getEpochSecond());
	}

	@Test
	void nothingIsCountedUnlessSomebodyAsks() throws IOException {
		Path logs = new LogDirectory(this.directory.resolve("logs")).write("-p/a.jsonl", conversation("a", 0, 5))
			.root();
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs)) {
			application.importNew();
			assertThat(application.bean(ObservationRegistry.class).isNoop()).isTrue();
			assertThat(application.bean(MetricsExport.class).registry().get("reflect.chunks").counter().count())
				.isZero();
		}
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.directory);
	}

	private static Map<String, Double> samples(Path file) throws IOException {
		Map<String, Double> samples = new TreeMap<>();
		for (String line : Files.readAllLines(file)) {
			if (!line.startsWith("#")) {
				int space = line.lastIndexOf(' ');
				samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
			}
		}
		return samples;
	}

}
