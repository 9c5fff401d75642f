package io.reflectbatch.store;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordScannerTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					Hello, World!              | hello world
					QDRANT__SERVICE__GRPC_PORT | qdrant service grpc port
					java.util.List<String>     | java util list string
					v1.16.3                    | v1 16 3
					GitHub's ConversationStore | github s conversationstore
					\u00dcber stra\u00dfe na\u0131ve e\u0301te | \u00fcber stra\u00dfe na\u0131ve e\u0301te
					\u041c\u0438\u0433\u0440\u0430\u0446\u0438\u044f \u0431\u0430\u0437\u044b | \u043c\u0438\u0433\u0440\u0430\u0446\u0438\u044f \u0431\u0430\u0437\u044b
					\u6570\u636e\u5e93         | \u6570\u636e \u636e\u5e93
					\u5e93                     | \u5e93
					\u7528Redis\u7f13\u5b58    | \u7528 redis \u7f13\u5b58
					\ub370\uc774\ud130 \ubc31\uc5c5 | \ub370\uc774 \uc774\ud130 \ubc31\uc5c5
					\u30c6\u30ad\u30b9\u30c8   | \u30c6\u30ad \u30ad\u30b9 \u30b9\u30c8
					\ud840\udc00\ud840\udc01   | \ud840\udc00\ud840\udc01
					\ud83d\udd25 ?! --         | -
					""")
	void findsTheWordsOfManyLanguages(String text, String words) {
		assertThat(words(text)).containsExactlyElementsOf((words != null) ? List.of(words.split(" ")) : List.of());
	}

	@Test
	void saysWhereAWordIs() {
		String text = "a \u6570\u636e\u5e93 end";
		WordScanner words = new WordScanner(text);
		List<String> found = new ArrayList<>();
		while (words.next()) {
			found.add(text.substring(words.start(), words.end()));
		}
		assertThat(found).containsExactly("a", "\u6570\u636e", "\u636e\u5e93", "end");
	}

	@Test
	void cutsWhatIsTooLongToBeAWord() {
		assertThat(words("x".repeat(100_000) + " y")).containsExactly("x".repeat(64), "y");
		assertThat(words("x".repeat(63) + "\ud801\udc00".repeat(9))).singleElement()
			.satisfies((word) -> assertThat(word).hasSize(63));
	}

	@Test
	void takesHalfOfASurrogatePair() {
		assertThat(words("\ud840 a \udc00")).containsExactly("a");
	}

	@ParameterizedTest
	@CsvSource({ "word, true", "two words, false", "a_b, false", "'', false", "\u5e93, true", "\u6570\u636e, true",
			"\u6570\u636e\u5e93, false", "word., false" })
	void knowsWhatIsOneWord(String text, boolean one) {
		assertThat(WordScanner.isOneWord(text)).isEqualTo(one);
	}

	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		for (WordScanner scanner = new WordScanner(text); scanner.next();) {
			words.add(scanner.term());
		}
		return words;
	}

}
