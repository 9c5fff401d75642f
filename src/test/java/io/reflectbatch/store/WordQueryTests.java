package io.reflectbatch.store;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordQueryTests {

	@Test
	void leavesOutWordsThatStandInEveryText() {
		assertThat(WordQuery.of("How do I stop a running container?").terms()).containsExactly("stop", "running",
				"container");
		assertThat(WordQuery.of("what was it").terms()).containsExactly("what", "was", "it");
	}

	@Test
	void takesWhatIsInQuotationMarksAsAPhrase() {
		WordQuery query = WordQuery.of("port of \"Service GRPC\" and \u201Cexit_code\u201D or \"?\"");
		assertThat(query.phrases()).extracting(WordQuery.Phrase::terms)
			.containsExactly(List.of("service", "grpc"), List.of("exit", "code"));
		assertThat(query.text()).doesNotContain("\"", "\u201C").contains("Service GRPC");
		assertThat(query.terms()).contains("port", "service", "grpc", "exit", "code");
	}

	@Test
	void aLonelyQuotationMarkMeansNothing() {
		assertThat(WordQuery.of("a 15\" screen").phrases()).isEmpty();
	}

	@Test
	void knowsWhatIsWrittenAsOne() {
		assertThat(WordQuery.of("set QDRANT__SERVICE__GRPC_PORT in java.util.List, then stop").compounds())
			.extracting(WordQuery.Phrase::text)
			.containsExactly("QDRANT__SERVICE__GRPC_PORT", "java.util.List");
	}

	@Test
	void aRunOfAScriptWithoutSpacesIsOneRunAndManyTerms() {
		WordQuery query = WordQuery.of("\u6570\u636e\u5e93 timeout");
		assertThat(query.runs()).containsExactly("\u6570\u636e\u5e93", "timeout");
		assertThat(query.terms()).containsExactly("\u6570\u636e", "\u636e\u5e93", "timeout");
		assertThat(query.compounds()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "?!", "\"\"", "\ud83d\udd25" })
	void aQuestionMayHaveNoWord(String question) {
		assertThat(WordQuery.of(question).isEmpty()).isTrue();
		assertThat(WordQuery.of(question).runs()).isEmpty();
	}

	@Test
	void isNotLongerForAPastedPage() {
		StringBuilder page = new StringBuilder();
		for (int i = 0; i < 10_000; i++) {
			page.append("word").append(i).append("_x ");
		}
		WordQuery query = WordQuery.of(page.toString());
		assertThat(query.terms()).hasSizeLessThanOrEqualTo(32);
		assertThat(query.runs()).hasSizeLessThanOrEqualTo(32);
		assertThat(query.compounds()).hasSizeLessThanOrEqualTo(32);
	}

}
