package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextWidthTests {

	private static final String FAMILY = "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67";

	@ParameterizedTest
	@CsvSource({ "'', 0", "plain, 5", "stra\u00dfe, 6", "e\u0301, 1", "\u6570\u636e\u5e93, 6", "\ub370\uc774, 4",
			"\u041c\u0438\u0433, 3", "\uff21, 2", "\ud83d\udd25, 2", "\ud83d\udc4d\ud83c\udffd, 2",
			"\ud83c\udde7\ud83c\uddf7, 2", FAMILY + ", 2", "\u2764\ufe0f, 2", "a\u200bb, 2", "\ud840\udc00, 2" })
	void countsTheColumnsOfATerminal(String text, int width) {
		assertThat(TextWidth.of(text)).isEqualTo(width);
	}

	@Test
	void breaksAtBlanksAndNeverInsideOfACharacter() {
		assertThat(lines("one two three", 8)).containsExactly("one two ", "three");
		assertThat(lines("\u6570\u636e\u5e93\u8fde\u63a5", 4)).containsExactly("\u6570\u636e", "\u5e93\u8fde",
				"\u63a5");
		assertThat(lines(FAMILY + FAMILY + FAMILY, 4)).containsExactly(FAMILY + FAMILY, FAMILY);
		assertThat(lines("verylongword", 5)).containsExactly("veryl", "ongwo", "rd");
		assertThat(lines("", 5)).containsExactly("");
	}

	@Test
	void columnsOfTablesStandBelowEachOther() {
		StringWriter out = new StringWriter();
		new Console(new PrintWriter(out)).table(List.of("NAME", "NEXT"),
				List.of(List.of("\u6570\u636e\u5e93", "x"), List.of("plain", "y")));
		assertThat(out.toString().lines()).containsExactly("NAME    NEXT", "\u6570\u636e\u5e93  x", "plain   y");
	}

	private static List<String> lines(String text, int width) {
		List<Integer> starts = TextWidth.lines(text, width);
		return IntStream.range(0, starts.size() - 1)
			.mapToObj((line) -> text.substring(starts.get(line), starts.get(line + 1)))
			.toList();
	}

}
