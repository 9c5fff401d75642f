package io.reflectbatch.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PointTests {

	private static final float[] VECTOR = { 1, 0 };

	@ParameterizedTest
	@CsvSource({ "plain, plain", "'', ''", "\uD83D\uDE00, \uD83D\uDE00", "\uD83D, \uFFFD", "\uDE00, \uFFFD",
			"a\uD83Db, a\uFFFDb", "\uDE00\uD83D, \uFFFD\uFFFD", "\uD83D\uD83D\uDE00, \uFFFD\uD83D\uDE00" })
	void replacesWhatIsNoText(String text, String expected) {
		assertThat(new Point(1, VECTOR, Map.of(Point.TEXT, text)).payload()).containsEntry(Point.TEXT, expected);
	}

	@Test
	void replacesWhatIsNoTextInListsAndObjectsToo() {
		Map<String, Object> payload = Map.of("list", List.of("\uD83D", List.of("a\uDE00")), "object",
				Map.of("key", "\uD83Db"));
		assertThat(new Point(1, VECTOR, payload).payload()).containsOnly(
				Map.entry("list", List.of("\uFFFD", List.of("a\uFFFD"))),
				Map.entry("object", Map.of("key", "\uFFFDb")));
	}

	@Test
	void keepsItsOwnPayload() {
		List<String> list = new ArrayList<>(List.of("element"));
		Map<String, Object> payload = new HashMap<>(Map.of("key", "value", "list", list));
		Point point = new Point(1, VECTOR, payload);
		payload.clear();
		list.clear();
		assertThat(point.payload()).containsOnly(Map.entry("key", "value"), Map.entry("list", List.of("element")));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 points", "1, 1 point", "2, 2 points" })
	void countsInWords(int number, String expected) {
		assertThat(Point.inWords(number)).isEqualTo(expected);
	}

	@Test
	void refusesANegativeId() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Point(-1, VECTOR, Map.of()))
			.withMessageContainingAll("-1", "from 0 to 2^63-1");
	}

	@Test
	void refusesAVectorThatIsNoNumber() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Point(7, new float[] { 0, Float.NaN }, Map.of()))
			.withMessageContainingAll("point 7", "NaN at 1", "finite");
	}

	@Test
	void refusesAnotherTypeOfPayload() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Point(7, VECTOR, Map.of("scores", List.of(1.5, 1.5f))))
			.withMessageContainingAll("point 7", "java.lang.Float", "'scores'");
	}

}
