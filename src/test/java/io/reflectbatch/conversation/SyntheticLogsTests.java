package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reader and the rules find in made-up logs exactly what was put there.
 */
class SyntheticLogsTests {

	@TempDir
	Path directory;

	@Test
	void everyLineIsReadAndSelectedAsItShould() throws IOException {
		SyntheticLogs.Counts counts = SyntheticLogs.seeded(42)
			.projects(3)
			.filesPerProject(17)
			.linesPerFile(150)
			.writeTo(this.directory);
		List<ListedFile> all = ConversationFiles.below(this.directory, false).files();
		List<ListedFile> top = ConversationFiles.below(this.directory, true).files();
		assertThat(all).hasSize(counts.files());
		assertThat(top).hasSize(counts.topLevelFiles());
		assertThat(count(all, LogProblem.class::isInstance)).isEqualTo(counts.problems());
		assertThat(count(all, (next) -> isSelected(new DefaultRule(), next))).isEqualTo(counts.selected());
		assertThat(count(top, (next) -> isSelected(new ReferenceRule(), next))).isEqualTo(counts.reference());
	}

	@Test
	void theSameSeedGivesTheSameBytes() throws IOException {
		Path first = this.directory.resolve("first");
		Path second = this.directory.resolve("second");
		assertThat(SyntheticLogs.seeded(7).writeTo(first)).isEqualTo(SyntheticLogs.seeded(7).writeTo(second));
		for (ListedFile listed : ConversationFiles.below(first, false).files()) {
			Path file = listed.file().path();
			assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
		}
	}

	@Test
	void sessionsOfDifferentLengthsAreReadToo() throws IOException {
		SyntheticLogs.Counts counts = SyntheticLogs.seeded(3)
			.projects(1)
			.filesPerProject(15)
			.linesPerFile(20)
			.spread(1.2)
			.writeTo(this.directory);
		List<ListedFile> all = ConversationFiles.below(this.directory, false).files();
		assertThat(count(all, (next) -> isSelected(new DefaultRule(), next))).isEqualTo(counts.selected());
		assertThat(all.stream().mapToLong(ListedFile::size).max().orElse(0))
			.isGreaterThan(5 * all.stream().mapToLong(ListedFile::size).sum() / all.size());
	}

	@Test
	void warmUpsAreRecognised() throws IOException {
		SyntheticLogs.seeded(1).projects(1).writeTo(this.directory);
		assertThat(ConversationFiles.below(this.directory, false).files())
			.filteredOn((listed) -> listed.file().sidechain() && listed.file().conversationId().startsWith("agent-"))
			.anySatisfy((listed) -> assertThat(WarmupTranscript.isWarmup(listed.file(), firstText(listed))).isTrue());
	}

	private static String firstText(ListedFile listed) throws IOException {
		try (JsonlReader reader = JsonlReader.open(listed.file().path(), 0, 1, listed.size())) {
			LogRecord first = reader.next();
			return (first instanceof LogEntry entry
					&& new DefaultRule().select(entry) instanceof Selection.Selected selected) ? selected.text() : "";
		}
	}

	private static boolean isSelected(MessageRule rule, LogRecord next) {
		return next instanceof LogEntry entry && rule.select(entry) instanceof Selection.Selected;
	}

	private static long count(List<ListedFile> files, Predicate<LogRecord> condition) throws IOException {
		long count = 0;
		for (ListedFile listed : files) {
			assertThat(listed.size()).isEqualTo(Files.size(listed.file().path()));
			try (JsonlReader reader = JsonlReader.open(listed.file().path(), 0, 1, listed.size())) {
				for (LogRecord next = reader.next(); next != null; next = reader.next()) {
					count += condition.test(next) ? 1 : 0;
				}
			}
		}
		return count;
	}

}
