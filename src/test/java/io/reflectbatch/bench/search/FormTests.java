package io.reflectbatch.bench.search;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FormTests {

	private static final String SENTENCE = "The test fails because we never delete the \"old\" directory.";

	@Test
	void asksForWhatWasSaidWithoutQuotationMarks() {
		assertThat(Form.EXACT.of(SENTENCE)).hasValue("The test fails because we never delete the old directory.");
	}

	@Test
	void dropsWordsThatAreEverywhere() {
		assertThat(Form.KEYWORDS.of(SENTENCE)).hasValue("test fails because never delete old directory");
	}

	@Test
	void keepsEverySecondWord() {
		assertThat(Form.HALF.of(SENTENCE)).hasValue("test because delete directory");
	}

	@Test
	void saysTheSameInOtherWords() {
		assertThat(Form.OTHER_WORDS.of(SENTENCE)).hasValue("check breaks because never remove old folder");
	}

	@Test
	void hasNoOtherWordsForWhatCannotBeSaidDifferently() {
		assertThat(Form.OTHER_WORDS.of("Qdrant listens on loopback, port 6334, and tests nothing")).isEmpty();
	}

	@Test
	void asksNothingWhereTooLittleIsLeft() {
		assertThat(Form.KEYWORDS.of("It is what it is, so be it")).isEmpty();
		assertThat(Form.HALF.of("Please delete the directory")).isEmpty();
	}

	@Test
	void takesTwoCharactersForAWordWhereWordsAreNotParted() {
		assertThat(Form.words("\u8bf7\u68c0\u67e5\u6570 Redis")).containsExactly("\u8bf7\u68c0", "\u67e5\u6570",
				"Redis");
	}

}
