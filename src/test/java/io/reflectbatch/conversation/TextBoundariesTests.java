package io.reflectbatch.conversation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextBoundariesTests {

	/**
	 * What may be in the first part, the cut to expect, and what follows are written as
	 * one text: {@code |} is the expected cut, {@code ^} the reach.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "of no use here a para.\n\n|A line\nA sentence. And ^more",
			"of no use here a para.\n \t\n|A line\nA sentence. And ^more",
			"of no use here a para.\r\n\r\n|A line\r\nA sentence. And ^more", "a para.\n\n\n\n|A line\nAnd^ more",
			"a line of no use here\n|A sentence. And some ^more", "a line of no use here\r\n|A sentence. And ^more",
			"a line with code:\n|    indented co^de", "A sentence of some words. |And some ^more",
			"Is it a sentence of words?  |And some ^more", "(A sentence of words, 3.5 of.) |And some ^more",
			"It says \u201cA sentence of words\u2026\u201d |And some ^more",
			"\u6211\u4eec\u4eca\u5929\u4e0b\u5348\u4e00\u8d77\u53bb\u3002|\u6211\u4eec\u4eca^\u5929",
			"\u6211\u4eec\u4eca\u5929\u4e0b\u300c\u53bb\uff01\uff1f\u300d|\u6211\u4eec\u4eca^\u5929",
			"\u6211\u4eec\u4eca\u5929\u4e0b\u53bb\u3002  |\u6211\u4eec\u4eca^\u5929",
			"some words, v1.2.3 and more.of |mo^re", "one two |^three", "one two   |thr^ee",
			"nothingtocutherenothing|^atall", "\u6211\u4eec\u4eca\u5929\u4e0b|^\u5348",
			"far too early. nothingtocutherenothing|^atall" })
	void cutsAtTheBestBoundary(String example) {
		String marked = example.replace("^", "");
		String text = marked.replace("|", "");
		assertThat(TextBoundaries.last(text, 0, example.replace("|", "").indexOf('^'))).isEqualTo(marked.indexOf('|'));
	}

	@ParameterizedTest
	@CsvSource({ "abe\u0301, 3, 2", "ab\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67, 5, 2",
			"ab\uD83D\uDC4D\uD83C\uDFFD, 4, 2", "ab\uD83C\uDDE9\uD83C\uDDEA, 4, 2", "ab\u1112\u1161\u11ab, 3, 2" })
	void doesNotCutAClusterInTwo(String text, int reach, int expected) {
		assertThat(TextBoundaries.last(text, 0, reach)).isEqualTo(expected);
	}

	@Test
	void doesNotCutBetweenCarriageReturnAndLineFeed() {
		assertThat(TextBoundaries.last("abc\r\ndef", 0, 4)).isEqualTo(3);
	}

	@Test
	void doesNotCutBetweenASpaceAndItsAccent() {
		assertThat(TextBoundaries.last("one two \u0301three", 0, 10)).isNotEqualTo(8);
	}

	@Test
	void cutsAClusterThatIsTheWholePiece() {
		assertThat(TextBoundaries.last("a" + "\u0301".repeat(5_000), 0, 3_000)).isEqualTo(3_000);
	}

	@Test
	void knowsTheWhitespaceOfTheModel() {
		assertThat(" \n\r\t\u00a0\u3000\u2028\u2003")
			.matches((text) -> text.chars().allMatch((character) -> TextBoundaries.isWhitespace((char) character)));
		assertThat("\f\u000b\u001c\u0085\u200ba\u4e2d")
			.matches((text) -> text.chars().noneMatch((character) -> TextBoundaries.isWhitespace((char) character)));
	}

}
