package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * What commands print: tables for people, one JSON document for programs.
 * <p>
 * In JSON, names are in camel case, times are ISO-8601 in UTC
 * ({@code "2026-01-31T12:00:00.123Z"}), durations are seconds ({@code 14.123}), and what
 * is not known is {@code null}. A command that fails before it has an answer prints
 * nothing on standard output; its exit code and standard error say why.
 */
final class Console {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private static final long SECONDS_A_MINUTE = 60;

	private static final double MILLIS = 1000;

	private static final double MEGABYTE = 1 << 20;

	private static final double HUNDRED = 100;

	private static final double LEAST_PERCENT = 0.1;

	private static final double MOST_PERCENT = 99.9;

	private static final String PERCENT = " %";

	private final PrintWriter out;

	Console(PrintWriter out) {
		this.out = out;
	}

	void json(Object document) {
		this.out.println(Json.MAPPER.writeValueAsString(document));
		this.out.flush();
	}

	/**
	 * Prints a JSON array without holding it.
	 * @param elements passes the elements to what it is given
	 */
	void jsonArray(Consumer<Consumer<Object>> elements) {
		try (SequenceWriter array = Json.MAPPER.writer().writeValuesAsArray(this.out)) {
			elements.accept(array::write);
		}
		this.out.println();
		this.out.flush();
	}

	@FormatMethod
	void line(String format, @Nullable Object... values) {
		this.out.println(format(format, values));
		this.out.flush();
	}

	@FormatMethod
	static String format(String format, @Nullable Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	/**
	 * Prints a table; numbers to the right, everything else to the left.
	 * @param header the titles of the columns
	 * @param rows the cells
	 */
	void table(List<String> header, List<List<String>> rows) {
		table(header, rows::forEach);
	}

	/**
	 * Prints a table without holding it.
	 * @param header the titles of the columns
	 * @param rows passes the rows to what it is given; called twice, the first time for
	 * the widths
	 */
	void table(List<String> header, Consumer<Consumer<List<String>>> rows) {
		int[] widths = header.stream().mapToInt(TextWidth::of).toArray();
		rows.accept((row) -> widen(widths, row));
		row(header, widths);
		rows.accept((row) -> row(row, widths));
		this.out.flush();
	}

	/**
	 * Prints a table with a note below each row.
	 * @param header the titles of the columns
	 * @param rows the cells
	 * @param notes what is to be said of each row, in the same order; may be empty
	 */
	void table(List<String> header, List<List<String>> rows, List<String> notes) {
		int[] widths = header.stream().mapToInt(TextWidth::of).toArray();
		rows.forEach((row) -> widen(widths, row));
		row(header, widths);
		for (int number = 0; number < rows.size(); number++) {
			row(rows.get(number), widths);
			if (!notes.get(number).isEmpty()) {
				line("    %s", notes.get(number));
			}
		}
		this.out.flush();
	}

	private static void widen(int[] widths, List<String> row) {
		for (int column = 0; column < widths.length; column++) {
			widths[column] = Math.max(widths[column], TextWidth.of(row.get(column)));
		}
	}

	private void row(List<String> cells, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < widths.length; column++) {
			String cell = cells.get(column);
			String padding = " ".repeat(Math.max(0, widths[column] - TextWidth.of(cell)));
			line.append(isNumber(cell) ? padding + cell : cell + padding).append("  ");
		}
		this.out.println(line.toString().stripTrailing());
	}

	private static boolean isNumber(String cell) {
		String digits = cell.endsWith(PERCENT) ? cell.substring(0, cell.length() - PERCENT.length()) : cell;
		return !digits.isEmpty() && digits.chars().allMatch((c) -> Character.isDigit(c) || c == ',' || c == '.');
	}

	static String time(@Nullable Instant instant) {
		return (instant != null) ? TIME.format(instant.atZone(ZoneId.systemDefault())) : "-";
	}

	static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < SECONDS_A_MINUTE) {
			return format("%.1f s", duration.toMillis() / MILLIS);
		}
		long minutes = seconds / SECONDS_A_MINUTE;
		if (minutes < SECONDS_A_MINUTE) {
			return minutes + " min " + seconds % SECONDS_A_MINUTE + " s";
		}
		return minutes / SECONDS_A_MINUTE + " h " + minutes % SECONDS_A_MINUTE + " min";
	}

	static String memory(OptionalLong bytes) {
		return bytes.isPresent() ? format("%.0f MB", bytes.getAsLong() / MEGABYTE) : "unknown";
	}

	static String number(long number) {
		return format("%,d", number);
	}

	/**
	 * Counts things.
	 * @param number how many there are
	 * @param noun the word for one of them, whose plural ends with s
	 */
	static String count(long number, String noun) {
		return number(number) + " " + noun + ((number == 1) ? "" : "s");
	}

	/**
	 * Puts a share into percent. Only nothing is 0 %, and only everything is 100 %.
	 * @param share from 0 to 1
	 */
	static String percent(double share) {
		return ((share == 0 || share == 1) ? format("%.0f", HUNDRED * share)
				: format("%.1f", Math.clamp(HUNDRED * share, LEAST_PERCENT, MOST_PERCENT))) + PERCENT;
	}

	/**
	 * Says how much of some chunks can be found.
	 * @param share the share, if it is known
	 * @param chunks how many chunks there are
	 */
	static String coverage(@Nullable Double share, int chunks) {
		if (share == null) {
			return (chunks == 0) ? "-" : "unknown";
		}
		return percent(share);
	}

	/**
	 * Not there before JSON is asked for: to create it takes a fiftieth of a short
	 * command.
	 */
	private static final class Json {

		static final JsonMapper MAPPER = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT)
			.disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
			.addModule(new SimpleModule().addSerializer(Duration.class, new SecondsSerializer()))
			.build();

	}

	private static final class SecondsSerializer extends StdSerializer<Duration> {

		SecondsSerializer() {
			super(Duration.class);
		}

		@Override
		public void serialize(Duration duration, JsonGenerator json, SerializationContext context) {
			json.writeNumber(duration.toMillis() / MILLIS);
		}

	}

}
