package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import io.reflectbatch.docs.MarkdownDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watch says of itself.
 */
class HealthTests {

	private final FakeTime time = new FakeTime();

	private final WatchState state = new WatchState(this.time);

	@Test
	void startsUntilTheFirstCycleHasEnded() {
		assertThat(health()).isEqualTo(new Health(Health.Status.STARTING, null));
		this.state.importStarted();
		this.time.pass(Duration.ofHours(5));
		assertThat(health()).isEqualTo(new Health(Health.Status.STARTING, null));
		ended(CycleResult.COMPLETED, 0);
		assertThat(health()).isEqualTo(new Health(Health.Status.UP, null));
	}

	@Test
	void isDownAfterThreeFailuresInARowUntilAnImportCompletes() {
		ended(CycleResult.FAILED, 1);
		ended(CycleResult.UNAVAILABLE, 4);
		assertThat(health().status()).isEqualTo(Health.Status.UP);
		ended(CycleResult.UNAVAILABLE, 4);
		assertThat(health()).isEqualTo(new Health(Health.Status.DOWN,
				"the last 3 imports have failed, the last one with exit code 4: Qdrant or the database cannot be"
						+ " reached"));
		ended(CycleResult.COMPLETED, 0);
		assertThat(health().status()).isEqualTo(Health.Status.UP);
	}

	@Test
	void isDownWhileAnImportDoesNothing() {
		this.state.importStarted();
		this.state.importIsSilent(Duration.ofMinutes(10));
		assertThat(health().status()).isEqualTo(Health.Status.STARTING);
		this.state.importIsSilent(Duration.ofMinutes(11));
		assertThat(health()).isEqualTo(new Health(Health.Status.DOWN, "the import has done nothing for 11 minutes"));
		this.state.importIsSilent(Duration.ZERO);
		assertThat(health().status()).isEqualTo(Health.Status.STARTING);
	}

	@Test
	void isUpAgainAsSoonAsAnImportThatDidNothingHasEnded() {
		this.state.importStarted();
		this.state.importIsSilent(Duration.ofMinutes(11));
		ended(CycleResult.COMPLETED, 0);
		assertThat(health()).isEqualTo(new Health(Health.Status.UP, null));
	}

	@Test
	void isDownWhenTheNextCycleDoesNotBegin() {
		ended(CycleResult.COMPLETED, 0);
		this.time.pass(Duration.ofMinutes(11));
		assertThat(health().status()).isEqualTo(Health.Status.UP);
		this.time.pass(Duration.ofMinutes(1));
		assertThat(health()).isEqualTo(new Health(Health.Status.DOWN, "the next cycle is overdue for 11 minutes"));
	}

	@Test
	void isAJsonObjectThatThePageDescribes() {
		this.state.importStarted();
		JsonNode first = document();
		assertThat(first.get("status").asString()).isEqualTo("STARTING");
		assertThat(first.get("importing").asBoolean()).isTrue();
		assertThat(first.get("importingSince").asString()).isEqualTo("2026-01-31T12:00:00Z");
		assertThat(first.get("lastExitCode").isNull()).isTrue();
		for (int i = 0; i < 3; i++) {
			ended(CycleResult.FAILED, 1);
		}
		JsonNode down = document();
		assertThat(down.get("status").asString()).isEqualTo("DOWN");
		assertThat(down.get("reason").asString()).startsWith("the last 3 imports have failed");
		assertThat(down.get("consecutiveFailures").asInt()).isEqualTo(3);
		assertThat(down.get("lastExitCode").asInt()).isEqualTo(1);
		assertThat(down.get("lastSuccess").isNull()).isTrue();
		assertThat(MarkdownDocument.read("docs/json.md").table("Health of a watch"))
			.extracting((row) -> MarkdownDocument.literals(row.getOrDefault("field", "")).getFirst())
			.containsExactlyElementsOf(down.propertyNames());
	}

	@Test
	void anyTextIsWrittenInJson() {
		String text = "\"\\ \n\t\u0001 größe \ud83d\ude00";
		assertThat(JsonMapper.shared().readTree(JsonText.quoted(text)).asString()).isEqualTo(text);
	}

	@Test
	void metersAreThoseOfThePage() throws IOException {
		ended(CycleResult.COMPLETED, 0);
		ended(CycleResult.UNCHANGED, 0);
		String meters = PrometheusText.of(this.state.snapshot(), OptionalLong.of(42_000_000));
		assertThat(meters.lines()).contains("reflect_watch_cycles_total{result=\"completed\"} 1",
				"reflect_watch_cycles_total{result=\"unchanged\"} 1", "reflect_watch_cycles_total{result=\"failed\"} 0",
				"reflect_watch_last_success_timestamp_seconds 1.7698608E9",
				"reflect_watch_resident_memory_bytes 42000000", "reflect_watch_healthy 1");
		assertThat(meters.lines().filter((line) -> !line.startsWith("#")))
			.allMatch(Pattern.compile("[a-z_]+(\\{result=\"[a-z]+\"})? -?[0-9.]+(E[0-9]+)?").asMatchPredicate());
		assertThat(meters.lines().filter((line) -> line.startsWith("# TYPE ")).map((line) -> line.split(" ", -1)[2]))
			.allSatisfy((name) -> assertThat(Files.readString(Path.of("docs/json.md"))).contains("`" + name + "`"));
	}

	@Test
	void aTimeThatIsNotKnownHasNoMeter() {
		assertThat(PrometheusText.of(this.state.snapshot(), OptionalLong.empty()))
			.doesNotContain("last_success", "resident")
			.contains("reflect_watch_importing 0");
	}

	private void ended(CycleResult result, int exitCode) {
		if (result != CycleResult.UNCHANGED) {
			this.state.importEnded(new RunningImport.End(result, exitCode));
		}
		this.state.cycleEnded(result, Duration.ofSeconds(60));
	}

	private Health health() {
		return Health.of(this.state.snapshot());
	}

	private JsonNode document() {
		WatchSnapshot snapshot = this.state.snapshot();
		return JsonMapper.shared().readTree(HealthDocument.of(Health.of(snapshot), snapshot));
	}

}
