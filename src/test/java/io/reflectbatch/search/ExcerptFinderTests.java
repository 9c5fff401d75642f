package io.reflectbatch.search;

import java.util.List;

import io.reflectbatch.store.WordQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExcerptFinderTests {

	private static final String FILLING = "Nothing to see in this sentence at all. ".repeat(40);

	@Test
	void takesThePartWithTheMostWordsOfTheQuestion() {
		Excerpt excerpt = find("where is the grpc port set",
				"USER: the port\nASSISTANT: " + FILLING + "The grpc port is set here. " + FILLING, null);
		assertThat(excerpt.role()).isEqualTo("assistant");
		assertThat(excerpt.text()).startsWith("… The grpc port is set here.").endsWith(" …");
		assertThat(words(excerpt)).containsExactly("grpc", "port", "set");
	}

	@Test
	void takesTheBeginningWhereNoWordIs() {
		Excerpt excerpt = find("zebra", "USER: " + FILLING, null);
		assertThat(excerpt.text()).startsWith("Nothing to see").endsWith(" …");
		assertThat(excerpt.text().length()).isBetween(250, 360);
		assertThat(excerpt.matches()).isEmpty();
	}

	@Test
	void isOneLineThatNoTerminalObeys() {
		assertThat(find("b", "USER: a\n\n\tb\u001b[31m c\r\n", null).text()).isEqualTo("a b [31m c");
	}

	@Test
	void takesOnlyWhatTheRoleSays() {
		String text = "USER: alpha beta\nASSISTANT: gamma\nUSER: beta";
		assertThat(find("alpha beta", text, "assistant").text()).isEqualTo("gamma");
		assertThat(find("alpha beta", text, "user").text()).isEqualTo("alpha beta");
		assertThat(new ExcerptFinder(WordQuery.of("alpha"), "system").find(text, "user")).isEmpty();
	}

	@Test
	void marksRunsOfAScriptWithoutSpacesAsAWhole() {
		Excerpt excerpt = find("\u6570\u636e\u5e93", "USER: \u6211\u4eec\u7684\u6570\u636e\u5e93\u7528\u5b8c", null);
		assertThat(words(excerpt)).containsExactly("\u6570\u636e\u5e93");
	}

	@Test
	void neverTearsASurrogatePairApart() {
		for (int shift = 0; shift < 4; shift++) {
			String text = "USER: " + "x".repeat(shift) + "\ud83d\ude00".repeat(600) + " needle "
					+ "\ud83d\ude00".repeat(600);
			String excerpt = find("needle", text, null).text();
			assertThat(excerpt).contains("needle");
			assertThat(excerpt.codePoints()).noneMatch((c) -> c >= 0xD800 && c <= 0xDFFF);
		}
	}

	@Test
	void takesTextsThatAreNotInTheUsualForm() {
		assertThat(find("a", "", null).text()).isEmpty();
		assertThat(find("a", "no role at all", null).text()).isEqualTo("no role at all");
		assertThat(find("a", "\n", null).text()).isEmpty();
	}

	private static Excerpt find(String question, String text, @Nullable String role) {
		return new ExcerptFinder(WordQuery.of(question), role).find(text, "user").orElseThrow();
	}

	private static List<String> words(Excerpt excerpt) {
		return excerpt.matches().stream().map((match) -> excerpt.text().substring(match.start(), match.end())).toList();
	}

}
