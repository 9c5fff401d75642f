package io.reflectbatch.ledger;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SurveyTests {

	// What reads the output of two runs compares texts.
	@Test
	void countsComeInTheSameOrderInEveryProcess() {
		List<String> reasons = List.of("a tool's result", "copies", "meta", "summaries", "warm-ups", "wrappers");
		Map<String, Integer> counts = Stream.of(4, 2, 5, 0, 3, 1)
			.collect(Collectors.toMap(reasons::get, (index) -> index));
		Survey survey = new Survey(0, 1, null, null, null, false, 0, counts, counts);
		assertThat(survey.skipped().keySet()).containsExactlyElementsOf(reasons);
		assertThat(survey.redacted().keySet()).containsExactlyElementsOf(reasons);
	}

}
