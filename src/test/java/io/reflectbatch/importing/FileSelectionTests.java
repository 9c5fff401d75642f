package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests which logs are read.
 */
class FileSelectionTests {

	private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

	private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

	@TempDir
	private Path logs;

	@Test
	void selectsEverythingUnlessAskedOtherwise() {
		FileSelection selection = select(List.of(), List.of(), null, null);
		assertThat(selection.selects("-a/b.jsonl", NOW)).isTrue();
		assertThat(selection.fingerprint()).isEqualTo("all");
	}

	@Test
	void includesOnlyWhatFitsAndExcludesOfThat() {
		FileSelection selection = select(List.of("-a/", "-b/"), List.of("subagents/"), null, null);
		assertThat(selection.selects("-a/1.jsonl", NOW)).isTrue();
		assertThat(selection.selects("-b/1.jsonl", NOW)).isTrue();
		assertThat(selection.selects("-b/1/subagents/agent-1.jsonl", NOW)).isFalse();
		assertThat(selection.selects("-c/1.jsonl", NOW)).isFalse();
	}

	@Test
	void readsTheIgnoreFileOfTheLogsAndPutsTheSettingsBehindIt() throws IOException {
		Files.writeString(this.logs.resolve(".reflectignore"), "# private\n*-diary/\n*.jsonl\n");
		FileSelection selection = select(List.of(), List.of("!2.jsonl"), null, null);
		assertThat(selection.selects("-home-diary/2.jsonl", NOW)).isFalse();
		assertThat(selection.selects("-home-app/1.jsonl", NOW)).isFalse();
		assertThat(selection.selects("-home-app/2.jsonl", NOW)).isTrue();
	}

	@Test
	void selectsByTheTimeOfTheLastWriting() {
		Instant start = LocalDate.parse("2026-01-30").atStartOfDay(ZoneId.systemDefault()).toInstant();
		FileSelection selection = select(List.of(), List.of(), "2026-01-30", "2026-01-31");
		assertThat(selection.selects("-a/b.jsonl", start.minusNanos(1))).isFalse();
		assertThat(selection.selects("-a/b.jsonl", start)).isTrue();
		assertThat(selection.selects("-a/b.jsonl", start.plus(Duration.ofHours(47)))).isTrue();
		assertThat(selection.selects("-a/b.jsonl", start.plus(Duration.ofHours(49)))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-31, 2026-01-30T15:00:00Z, 2026-01-31T15:00:00Z",
			"2026-01-31T09:00, 2026-01-31T00:00:00Z, 2026-01-31T00:00:00Z",
			"2026-01-31T09:00:00Z, 2026-01-31T09:00:00Z, 2026-01-31T09:00:00Z",
			"2026-01-31T09:00:00+02:00, 2026-01-31T07:00:00Z, 2026-01-31T07:00:00Z",
			"12h, 2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z", "1d, 2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
			"2w, 2026-01-18T12:00:00Z, 2026-01-18T12:00:00Z" })
	void readsMomentsAsPeopleWriteThem(String text, Instant first, Instant end) {
		PointInTime times = new PointInTime(Clock.fixed(NOW, ZONE));
		assertThat(times.start("since", text)).isEqualTo(first);
		assertThat(times.end("until", text)).isEqualTo(end);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2026-13-01", "30", "-1d", "9999999d", "2026-01-31T25:00" })
	void refusesWhatIsNoMomentAndSaysWhatIs(String text) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SourceProperties(this.logs, SourceProperties.Layout.ALL, List.of(), List.of(), text,
					null, false))
			.withMessageStartingWith("reflect.source.since is '" + text + "'; expected a date such as");
	}

	@Test
	void refusesAPatternThatIsNoneAndSaysWhereItStands() throws IOException {
		assertThatExceptionOfType(SelectionException.class)
			.isThrownBy(() -> select(List.of(), List.of("a", "[b"), null, null))
			.withMessageContaining("reflect.source.exclude, line 2")
			.withMessageContaining("[b");
		Files.writeString(this.logs.resolve(".reflectignore"), "a\n\n[b\n");
		assertThatExceptionOfType(SelectionException.class).isThrownBy(() -> select(List.of(), List.of(), null, null))
			.withMessageContaining(".reflectignore, line 3");
	}

	@Test
	void refusesAnIgnoreFileThatCannotBeReadRatherThanImportEverything() throws IOException {
		Files.write(this.logs.resolve(".reflectignore"), new byte[] { (byte) 0xff });
		assertThatExceptionOfType(SelectionException.class).isThrownBy(() -> select(List.of(), List.of(), null, null))
			.withMessageContaining("is not UTF-8");
		Files.delete(this.logs.resolve(".reflectignore"));
		Files.createDirectory(this.logs.resolve(".reflectignore"));
		assertThatExceptionOfType(SelectionException.class).isThrownBy(() -> select(List.of(), List.of(), null, null))
			.withMessageContaining("cannot be read");
	}

	@Test
	void theFingerprintChangesWithWhatIsWanted() throws IOException {
		String before = select(List.of(), List.of("a"), null, null).fingerprint();
		assertThat(select(List.of(), List.of("a"), null, null).fingerprint()).isEqualTo(before);
		assertThat(select(List.of("a"), List.of(), null, null).fingerprint()).isNotEqualTo(before);
		assertThat(select(List.of(), List.of("a"), "1d", null).fingerprint()).isNotEqualTo(before);
		Files.writeString(this.logs.resolve(".reflectignore"), "b\n");
		assertThat(select(List.of(), List.of("a"), null, null).fingerprint()).isNotEqualTo(before);
	}

	private FileSelection select(List<String> include, List<String> exclude, @Nullable String since,
			@Nullable String until) {
		return FileSelection
			.of(new SourceProperties(this.logs, SourceProperties.Layout.ALL, include, exclude, since, until, false));
	}

}
