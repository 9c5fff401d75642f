package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.reflectbatch.conversation.LogFile.bytes;
import static io.reflectbatch.conversation.LogFile.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonlReaderTests {

	@TempDir
	Path directory;

	private LogFile log;

	@BeforeEach
	void createLog() throws IOException {
		this.log = LogFile.in(this.directory);
	}

	@Test
	void readsNothingFromAnEmptyFile() throws IOException {
		assertThat(this.log.read()).isEqualTo(new LogFile.Read(List.of(), 0, 1));
	}

	@Test
	void tellsOffsetAndNumberOfEveryLine() throws IOException {
		this.log.append(user("a"), "\n", user("b"), "\n");
		LogFile.Read read = this.log.read();
		int length = user("a").length() + 1;
		assertThat(read.texts()).containsExactly("a", "b");
		assertThat(read.places()).containsExactly("1@0", "2@" + length);
		assertThat(read.position()).isEqualTo(2L * length);
		assertThat(read.line()).isEqualTo(3);
	}

	@Test
	void countsBytesNotCharacters() throws IOException {
		this.log.append(user("你好 😀 é"), "\n", user("b"), "\n");
		assertThat(this.log.read().places()).containsExactly("1@0", "2@" + (bytes(user("你好 😀 é")).length + 1));
		assertThat(this.log.read().texts()).containsExactly("你好 😀 é", "b");
	}

	@Test
	void takesCarriageReturnsAsWhiteSpace() throws IOException {
		this.log.append(user("a"), "\r\n", "\r\n", user("b"), "\r\n");
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly("a", "b");
		assertThat(read.places()).containsExactly("1@0", "3@" + (user("a").length() + 4));
	}

	@Test
	void passesOverAByteOrderMarkAtTheBeginningOfTheFile() throws IOException {
		this.log.append("\uFEFF", user("a"), "\n", user("b"), "\n");
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly("a", "b");
		assertThat(read.places()).containsExactly("1@0", "2@" + (user("a").length() + 4));
	}

	@Test
	void reportsAByteOrderMarkElsewhere() throws IOException {
		this.log.append(user("a"), "\n\uFEFF", user("b"), "\n");
		assertThat(this.log.read().texts().get(1)).startsWith("! not JSON: unexpected character");
	}

	@Test
	void splitsAtLineFeedsOnly() throws IOException {
		this.log.append(user("a\u2028b\u2029c\u0085d"), "\n", user("e"), "\n");
		assertThat(this.log.read().texts()).containsExactly("a\u2028b\u2029c\u0085d", "e");
	}

	@Test
	void replacesInvalidUtf8() throws IOException {
		this.log.append("{\"message\":{\"role\":\"user\",\"content\":\"a", 0xFF, "b", 0xE4, 0xBD, "\"}}\n", user("c"),
				"\n");
		assertThat(this.log.read().texts()).containsExactly("a\uFFFDb\uFFFD", "c");
	}

	@Test
	void replacesEscapedLoneSurrogatesAndNul() throws IOException {
		this.log.append(user("a\\ud83d b\\ude00 \\ud83d\\ude00 \\u0000"), "\n");
		assertThat(this.log.read().texts()).containsExactly("a\uFFFD b\uFFFD 😀 \uFFFD");
	}

	@Test
	void replacesSurrogatesEncodedAsBytes() throws IOException {
		this.log.append("{\"message\":{\"role\":\"user\",\"content\":\"a", 0xED, 0xA0, 0xBD, "\"}}\n");
		assertThat(this.log.read().texts()).hasSize(1)
			.first()
			.asString()
			.startsWith("a\uFFFD")
			.doesNotContain("\uD83D");
	}

	@Test
	void passesOverBlankLinesSilently() throws IOException {
		this.log.append("\n  \t\n", user("a"), "\n\n");
		LogFile.Read read = this.log.read();
		assertThat(read.places()).containsExactly("3@5");
		assertThat(read.line()).isEqualTo(5);
	}

	@Test
	void reportsLinesThatAreNotJsonAndGoesOn() throws IOException {
		this.log.append("// a comment\n", user("a"), "\n{\"type\":\"us{\"type\":\"user\"}\nplain words\n", user("b"),
				"\n");
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly("! not JSON: unexpected character '/' at column 1", "a",
				"! not JSON: unexpected character 't' at column 14", "! not JSON: an unexpected word at column 1", "b");
		assertThat(read.places()).startsWith("1@0", "2@13");
		assertThat(read.records().getLast().line()).isEqualTo(5);
	}

	@Test
	void reportsTwoObjectsOnOneLine() throws IOException {
		this.log.append(user("a"), user("b"), "\n", user("c"), " x\n", user("d"), "\n");
		assertThat(this.log.read().texts()).containsExactly("! two objects on one line", "! text after the JSON object",
				"d");
	}

	@Test
	void reportsLinesThatAreNotObjects() throws IOException {
		this.log.append("[1]\n\"massive error\"\n42\ntrue\nnull\n");
		assertThat(this.log.read().texts()).containsExactly("! not a JSON object but an array",
				"! not a JSON object but a text", "! not a JSON object but a number",
				"! not a JSON object but a truth value", "! not a JSON object but null");
	}

	@Test
	void reportsAHalfWrittenLineInTheMiddle() throws IOException {
		this.log.append("{\"type\":\"user\",\"mess\n", user("a"), "\n");
		assertThat(this.log.read().texts())
			.containsExactly("! not JSON: the line ends before its object does at column 21", "a");
	}

	@Test
	void reportsNulBytesLeftByAPowerFailure() throws IOException {
		this.log.append(0, 0, 0, 0, "\n", user("a"), "\n");
		assertThat(this.log.read().texts()).containsExactly("! not JSON: a NUL byte at column 1", "a");
	}

	@Test
	void reportsControlCharactersInsideTexts() throws IOException {
		this.log.append("{\"type\":\"a", 1, "\"}\n", "{\"type\":\"\\x\"}\n");
		assertThat(this.log.read().texts()).first().asString().startsWith("! not JSON: a control character at column");
		assertThat(this.log.read().texts()).last().asString().startsWith("! not JSON: an unknown escape inside a text");
	}

	@Test
	void neverRepeatsTheLineInAReason() throws IOException {
		this.log.append("secretpassword\n{\"a\":secretpassword}\n{\"secretpassword\n{\"a\":1} secretpassword\n");
		assertThat(this.log.read().texts()).hasSize(4)
			.allMatch((text) -> text.startsWith("! "))
			.noneMatch((text) -> text.contains("secret"));
	}

	@Test
	void acceptsNotANumberAsPythonDoes() throws IOException {
		this.log.append("{\"type\":\"user\",\"a\":[NaN,Infinity,-Infinity]}\n");
		assertThat(this.log.read().texts()).containsExactly("user");
	}

	@Test
	void reportsATextThatIsTooLong() throws IOException {
		String longest = "x".repeat(LineJson.MAX_TEXT_LENGTH);
		this.log.append(user(longest), "\n", user(longest + "x"), "\n", user("b"), "\n");
		LogFile.Read read = this.log.read();
		assertThat(read.texts().getFirst()).hasSize(LineJson.MAX_TEXT_LENGTH);
		assertThat(read.texts().subList(1, 3)).containsExactly("! a text is longer than 4,194,304 characters", "b");
	}

	@Test
	void reportsTextsThatAreTooLongTogether() throws IOException {
		String item = "{\"type\":\"text\",\"text\":\"" + "x".repeat(LineJson.MAX_TEXT_LENGTH / 2) + "\"}";
		this.log.append("{\"message\":{\"role\":\"user\",\"content\":[", item, ",", item, "]}}\n");
		assertThat(this.log.read().texts()).containsExactly("! a text is longer than 4,194,304 characters");
	}

	@Test
	void passesOverLongValuesThatAreNotNeeded() throws IOException {
		String result = "x".repeat(LineJson.MAX_TEXT_LENGTH + 1);
		this.log.append("{\"toolUseResult\":\"", result, "\",\"message\":{\"role\":\"user\",\"content\":[",
				"{\"type\":\"tool_result\",\"content\":\"", result, "\"},{\"type\":\"text\",\"text\":\"a\"}]}}\n");
		assertThat(this.log.read().texts()).containsExactly("a");
	}

	@Test
	void reportsALineThatIsNestedTooDeeply() throws IOException {
		this.log.append("{\"a\":", "[".repeat(20_000), "]".repeat(20_000), "}\n", user("a"), "\n");
		assertThat(this.log.read().texts()).containsExactly("! nested deeper than 10,000 levels", "a");
	}

	@Test
	void takesAnUnterminatedLastLineThatIsComplete() throws IOException {
		this.log.append(user("a"), "\n", user("b"));
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly("a", "b");
		assertThat(read.position()).isEqualTo(Files.size(this.log.path()));
		assertThat(read.line()).isEqualTo(2);
		this.log.append("\n", user("c"), "\n");
		assertThat(this.log.read(read.position(), read.line()).places())
			.isEqualTo(this.log.read().places().subList(2, 3));
	}

	@Test
	void leavesAnUnterminatedLastLineThatIsIncompleteForTheNextTime() throws IOException {
		String last = user("b");
		this.log.append(user("a"), "\n", last.substring(0, 30));
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly("a");
		assertThat(read.position()).isEqualTo(user("a").length() + 1);
		assertThat(read.line()).isEqualTo(2);
		this.log.append(last.substring(30), "\n");
		LogFile.Read next = this.log.read(read.position(), read.line());
		assertThat(next.texts()).containsExactly("b");
		assertThat(next.places()).containsExactly("2@" + read.position());
	}

	@Test
	void leavesUnterminatedWhiteSpaceAndOtherValues() throws IOException {
		this.log.append(user("a"), "\n  ");
		assertThat(this.log.read().position()).isEqualTo(user("a").length() + 1);
		this.log.append("42");
		assertThat(this.log.read().texts()).containsExactly("a");
		this.log.append("\n");
		assertThat(this.log.read().texts()).containsExactly("a", "! not a JSON object but a number");
	}

	@Test
	void leavesACharacterThatIsHalfWritten() throws IOException {
		this.log.append("{\"message\":{\"role\":\"user\",\"content\":\"a", 0xE4, 0xBD);
		assertThat(this.log.read().position()).isZero();
		this.log.append(0xA0, "\"}}\n");
		assertThat(this.log.read().texts()).containsExactly("a你");
	}

	@Test
	void readsNothingBeyondTheEnd() throws IOException {
		this.log.append(user("a"), "\n", user("b"), "\n");
		int length = user("a").length();
		assertThat(this.log.read(0, 1, length + 1L).texts()).containsExactly("a");
		assertThat(this.log.read(0, 1, length + 5L).texts()).containsExactly("a");
		assertThat(this.log.read(0, 1, length).line()).isEqualTo(1);
	}

	@Test
	void readsLinesLongerThanItsBuffer() throws IOException {
		String text = "aé你😀".repeat(100_000);
		this.log.append(user(text), "\n", user("b"), "\n");
		LogFile.Read read = this.log.read();
		assertThat(read.texts()).containsExactly(text, "b");
		assertThat(read.places().getLast()).isEqualTo("2@" + (bytes(user(text)).length + 1));
	}

	@Test
	void goesOnAfterAProblemInALineLongerThanItsBuffer() throws IOException {
		this.log.append("// ", "x".repeat(500_000), "\n", user("b"), "\n");
		assertThat(this.log.read().places()).containsExactly("1@0", "2@500004");
	}

	@Test
	void failsWhenTheFileWasCut() throws IOException {
		this.log.append(user("a"), "\n");
		long size = Files.size(this.log.path());
		assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> this.log.read(0, 1, size + 10))
			.withMessageContaining(this.log.path().toString())
			.withMessageContaining("expected " + (size + 10) + " bytes, found " + size);
	}

	@Test
	void failsWhenTheFileWasCutInTheMiddleOfALongLine() throws IOException {
		this.log.append("{\"a\":\"", "x".repeat(300_000));
		assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> this.log.read(0, 1, 400_000));
	}

	@Test
	void refusesImpossiblePlaces() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.log.read(10, 1, 5))
			.withMessageContaining("from byte 10, line 1, to byte 5");
	}

}
