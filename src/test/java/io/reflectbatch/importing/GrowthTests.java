package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.reflectbatch.conversation.SyntheticLogs;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.WorkTotals;
import io.reflectbatch.store.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static io.reflectbatch.importing.LogDirectory.timeless;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A log that grows gives, import after import, the points that an import of the whole log
 * gives, and only what is new is embedded.
 */
class GrowthTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String MESSAGES = "reflect.chunking.strategy=messages";

	private static final String FOUR = "reflect.chunking.messages=4";

	@TempDir
	Path directory;

	private Path home = Path.of("");

	private LogDirectory logs = new LogDirectory(Path.of(""));

	private int imports;

	@BeforeEach
	void prepareLogs() {
		this.home = this.directory.resolve("home");
		this.logs = new LogDirectory(this.directory.resolve("logs"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "windows", "messages" })
	void growsAtAnyByte(String strategy) throws IOException {
		String[] options = { "reflect.chunking.strategy=" + strategy, "reflect.chunking.messages=2" };
		byte[] whole = syntheticSession();
		Random random = new Random(7);
		try (TestApplication application = start(options)) {
			int chunks = 0;
			for (int step = 1; step <= 3; step++) {
				int length = (step == 3) ? whole.length : whole.length * step / 3 - random.nextInt(500);
				this.logs.writeBytes(FILE, Arrays.copyOf(whole, length));
				chunks += application.importNew().chunks();
				assertLikeAFreshImport(application, options);
			}
			int points = application.points().size();
			assertThat(chunks).isGreaterThan(6).isBetween(points, points + 3);
		}
	}

	private byte[] syntheticSession() throws IOException {
		Path synthetic = this.directory.resolve("synthetic");
		SyntheticLogs.seeded(11).projects(1).filesPerProject(1).linesPerFile(40).writeTo(synthetic);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(synthetic.resolve("-home-dev-projects-app0"),
				"*.jsonl")) {
			Path session = files.iterator().next();
			Files.write(session, List.of(conversation("s", 0, 12)), StandardOpenOption.APPEND);
			return Files.readAllBytes(session);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "windows", "messages" })
	void embedsOnlyWhatIsNew(String strategy) throws IOException {
		this.logs.write(FILE, conversation("s", 0, 10));
		try (TestApplication application = start("reflect.chunking.strategy=" + strategy, FOUR)) {
			assertThat(application.importNew().chunks()).isEqualTo(3);
			this.logs.append(FILE, conversation("s", 10, 1));
			assertThat(application.importNew().chunks()).as("the open chunk").isEqualTo(1);
			this.logs.append(FILE, conversation("s", 11, 1));
			assertThat(application.importNew().chunks()).as("the chunk that is full now").isEqualTo(1);
			this.logs.append(FILE, conversation("s", 12, 5));
			assertThat(application.importNew().chunks()).as("chunks after a full one").isEqualTo(2);
			this.logs.append(FILE, "{\"type\":\"system\",\"content\":\"x\"}");
			assertThat(application.importNew()).as("no message")
				.extracting(WorkTotals::files, WorkTotals::chunks)
				.containsExactly(1, 0);
			assertThat(application.store().points()).isEqualTo(7);
			assertLikeAFreshImport(application, "reflect.chunking.strategy=" + strategy, FOUR);
		}
	}

	@Test
	void embedsOnlyNewWindowsOfALongMessage() throws IOException {
		this.logs.write(FILE, user("u1", "one two three. ".repeat(200)), user("u2", "short"));
		try (TestApplication application = start()) {
			int windows = application.importNew().chunks();
			assertThat(windows).isGreaterThan(3);
			this.logs.append(FILE, user("u3", "shorter"));
			assertThat(application.importNew().chunks()).isEqualTo(1);
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void takesAnUnterminatedLineOnlyIfItIsComplete() throws IOException {
		String half = user("u2", "and then the rest of it");
		this.logs.write(FILE, user("u1", "first")).appendText(FILE, half.substring(0, 60));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("session")).containsExactly("USER: first");
			assertThat(application.problems()).isEmpty();
			this.logs.appendText(FILE, half.substring(60));
			application.importNew();
			assertThat(application.texts("session")).containsExactly("USER: first\nUSER: and then the rest of it");
			this.logs.appendText(FILE, "\n" + user("u3", "third") + "\n");
			application.importNew();
			assertThat(application.texts("session"))
				.containsExactly("USER: first\nUSER: and then the rest of it\nUSER: third");
			assertThat(application.problems()).isEmpty();
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void readsAnUnfinishedLineOnlyOnceItIsLonger() throws IOException {
		this.logs.write(FILE, user("u1", "first")).appendText(FILE, "{\"type\":\"user\"");
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.importNew().files()).isZero();
			this.logs.touch(FILE);
			assertThat(application.importNew().chunks()).isZero();
		}
	}

	@Test
	void takesTheTimeOfTheConversationFromTheFirstLineThatHasOne() throws IOException {
		this.logs.write(FILE);
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FILE, "{\"type\":\"last-prompt\",\"lastPrompt\":\"x\"}");
			application.importNew();
			this.logs.append(FILE, user("u1", "first"));
			application.importNew();
			assertLikeAFreshImport(application);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "windows", "messages" })
	void givesItsTimeToAllPointsWhenItComesLate(String strategy) throws IOException {
		String[] options = { "reflect.chunking.strategy=" + strategy, FOUR };
		this.logs.write(FILE, timeless("a"), timeless("b"), timeless("c"), timeless("d"), timeless("e"));
		try (TestApplication application = start(options)) {
			application.importNew();
			this.logs.append(FILE, timeless("f"));
			assertThat(application.importNew().chunks()).isEqualTo(1);
			this.logs.append(FILE, user("u1", "g"));
			application.importNew();
			assertThat(application.points().values())
				.allMatch((point) -> point.value(Point.TIMESTAMP).equals("2025-07-30T06:10:43.000Z"));
			assertLikeAFreshImport(application, options);
		}
	}

	@Test
	void remembersEveryUnreadableLineOnce() throws IOException {
		this.logs.writeBytes(FILE, "\uFEFF// Source: ö\n\n[1,2]\n".getBytes(StandardCharsets.UTF_8));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FILE, user("u1", "fine"), "{\"type\":\"user\",\"mess")
				.appendText(FILE, user("u2", "a") + user("u3", "b") + "\r\n");
			application.importNew();
			this.logs.appendText(FILE, "{\"open").touch(FILE);
			application.importNew();
			assertThat(application.problems()).containsExactly(
					new LineProblem(FILE, 0, 1, "not JSON: unexpected character '/' at column 1"),
					new LineProblem(FILE, 18, 3, "not a JSON object but an array"),
					new LineProblem(FILE, 134, 5, "not JSON: the line ends before its object does at column 21"),
					new LineProblem(FILE, 155, 6, "two objects on one line"));
			assertThat(application.file(FILE).survey().problems()).isEqualTo(4);
			this.logs.write(FILE, "[]", user("u1", "fine"));
			application.importNew();
			assertThat(application.problems()).extracting(LineProblem::line, LineProblem::offset)
				.containsExactly(tuple(1L, 0L));
		}
	}

	@Test
	void countsUnreadableLinesOfSyntheticLogs() throws IOException {
		SyntheticLogs.Counts counts = SyntheticLogs.seeded(5)
			.projects(1)
			.filesPerProject(3)
			.linesPerFile(60)
			.writeTo(this.logs.root());
		try (TestApplication application = start(MESSAGES)) {
			assertThat(application.importNew().problems()).isEqualTo((int) counts.problems()).isPositive();
			List<LineProblem> problems = application.problems();
			assertThat(problems).hasSize((int) counts.problems()).doesNotHaveDuplicates();
		}
	}

	private TestApplication start(String... options) {
		return TestApplication.start(this.home, this.logs.root(), options);
	}

	private void assertLikeAFreshImport(TestApplication application, String... options) {
		try (TestApplication fresh = TestApplication.start(this.directory.resolve("fresh" + this.imports++),
				this.logs.root(), options)) {
			fresh.importNew();
			assertThat(application.points()).isEqualTo(fresh.points());
			assertThat(application.ledger()).isEqualTo(fresh.ledger());
			assertThat(application.problems()).isEqualTo(fresh.problems());
		}
	}

}
