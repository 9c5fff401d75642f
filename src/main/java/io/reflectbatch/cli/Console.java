package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What commands print: tables for people, one JSON document for programs.
 */
final class Console {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
		.withZone(ZoneId.systemDefault());

	private static final long SECONDS_A_MINUTE = 60;

	private static final double MILLIS = 1000;

	private final PrintWriter out;

	Console(PrintWriter out) {
		this.out = out;
	}

	void json(Object document) {
		this.out.println(JSON.writeValueAsString(document));
		this.out.flush();
	}

	@FormatMethod
	void line(String format, @Nullable Object... values) {
		this.out.println(String.format(Locale.ROOT, format, values));
		this.out.flush();
	}

	/**
	 * Prints a table; numbers to the right, everything else to the left.
	 * @param header the titles of the columns
	 * @param rows the cells
	 */
	void table(List<String> header, List<List<String>> rows) {
		int[] widths = new int[header.size()];
		for (int column = 0; column < widths.length; column++) {
			widths[column] = header.get(column).length();
			for (List<String> row : rows) {
				widths[column] = Math.max(widths[column], row.get(column).length());
			}
		}
		row(header, widths);
		rows.forEach((row) -> row(row, widths));
		this.out.flush();
	}

	private void row(List<String> cells, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < widths.length; column++) {
			String cell = cells.get(column);
			String padding = " ".repeat(widths[column] - cell.length());
			boolean number = !cell.isEmpty()
					&& cell.chars().allMatch((c) -> Character.isDigit(c) || c == ',' || c == '.');
			line.append(number ? padding + cell : cell + padding).append("  ");
		}
		this.out.println(line.toString().stripTrailing());
	}

	static String time(@Nullable Instant instant) {
		return (instant != null) ? TIME.format(instant) : "-";
	}

	static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < SECONDS_A_MINUTE) {
			return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
		}
		long minutes = seconds / SECONDS_A_MINUTE;
		if (minutes < SECONDS_A_MINUTE) {
			return minutes + " min " + seconds % SECONDS_A_MINUTE + " s";
		}
		return minutes / SECONDS_A_MINUTE + " h " + minutes % SECONDS_A_MINUTE + " min";
	}

	static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
