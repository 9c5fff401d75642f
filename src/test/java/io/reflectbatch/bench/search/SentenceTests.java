package io.reflectbatch.bench.search;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentenceTests {

	@Test
	void findsSentencesAndWhereTheyBegin() {
		String message = "Short one. This sentence is long enough to be found.\nAnd this line is a sentence, too";
		assertThat(Sentence.in(message)).containsExactly(new Sentence("This sentence is long enough to be found.", 11),
				new Sentence("And this line is a sentence, too", 53));
	}

	@Test
	void passesOverCodeAndTables() {
		assertThat(Sentence.in("""
				```
				this is a line of code that nobody remembers
				```
				| 1 | 2 | a row of a table | 3 | 4 | 17.4 | 18.22 | 9.12 |
				""")).isEmpty();
	}

	@Test
	void hasTwoHalvesOneOfWhichEveryCutLeavesWhole() {
		String text = "one two three four five six seven eight nine";
		List<String> halves = new Sentence(text, 0).halves();
		assertThat(halves).containsExactly("one two three four five", "six seven eight nine");
		for (int cut = 0; cut <= text.length(); cut++) {
			List<String> pieces = List.of(text.substring(0, cut), text.substring(cut));
			assertThat(pieces).anyMatch((piece) -> halves.stream().anyMatch(piece::contains));
		}
	}

	@Test
	void partsAWritingWithoutSpacesBetweenCharacters() {
		assertThat(new Sentence("\u8bf7\u68c0\u67e5\u6570\u636e\u5e93", 0).halves())
			.containsExactly("\u8bf7\u68c0\u67e5", "\u6570\u636e\u5e93");
	}

}
