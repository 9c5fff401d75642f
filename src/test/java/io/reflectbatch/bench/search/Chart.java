package io.reflectbatch.bench.search;

import java.util.List;
import java.util.Locale;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/**
 * A plot of shares: a row for each label, in it a dot for each series, with a line for
 * the interval. Written as SVG, in the colours of the other pictures.
 */
final class Chart {

	private static final int WIDTH = 960;

	private static final int LEFT = 250;

	private static final int RIGHT = 70;

	private static final int TOP = 96;

	private static final int BOTTOM = 48;

	private static final int LINE = 15;

	private static final int GAP = 14;

	private final String title;

	private final String axis;

	private final List<String> series;

	private final List<Row> rows;

	private final StringBuilder svg = new StringBuilder();

	/**
	 * Creates a plot.
	 * @param title what it shows
	 * @param axis what the shares are
	 * @param series the names of the series, four at most
	 * @param rows the rows, from top to bottom
	 */
	Chart(String title, String axis, List<String> series, List<Row> rows) {
		if (series.size() > 4) {
			throw new IllegalArgumentException("There are colours for 4 series, not for " + series.size());
		}
		this.title = title;
		this.axis = axis;
		this.series = series;
		this.rows = rows;
	}

	/**
	 * Draws it.
	 * @return an SVG document
	 */
	String draw() {
		int height = TOP + this.rows.size() * rowHeight() + BOTTOM;
		head(height);
		add("  <text class=\"name\" x=\"20\" y=\"30\">%s</text>%n", escaped(this.title));
		legend();
		for (int i = 0; i < this.rows.size(); i++) {
			row(this.rows.get(i), TOP + i * rowHeight(), i % 2 == 0);
		}
		grid(height);
		for (int i = 0; i < this.rows.size(); i++) {
			dots(this.rows.get(i), TOP + i * rowHeight());
		}
		this.svg.append("</svg>\n");
		return this.svg.toString();
	}

	private void head(int height) {
		add("""
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title">
				  <title id="title">%3$s</title>
				  <style>
				    .card { fill: #ffffff; stroke: #d0d7de; }
				    .grid { stroke: #d0d7de; }
				    .band { fill: #f6f8fa; }
				    text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
				    .name { font-size: 15px; font-weight: 600; }
				    .small { font-size: 11.5px; fill: #59636e; }
				    .end { text-anchor: end; }
				    .middle { text-anchor: middle; }
				    .s0 { fill: #0969da; stroke: #0969da; }
				    .s1 { fill: #bc4c00; stroke: #bc4c00; }
				    .s2 { fill: #1a7f37; stroke: #1a7f37; }
				    .s3 { fill: #8250df; stroke: #8250df; }
				    line { stroke-width: 1.6; }
				    .grid { stroke-width: 1; }
				    @media (prefers-color-scheme: dark) {
				      .card { fill: #0d1117; stroke: #30363d; }
				      .grid { stroke: #30363d; }
				      .band { fill: #161b22; }
				      text { fill: #e6edf3; }
				      .small { fill: #9aa4af; }
				      .s0 { fill: #4493f8; stroke: #4493f8; }
				      .s1 { fill: #db6d28; stroke: #db6d28; }
				      .s2 { fill: #3fb950; stroke: #3fb950; }
				      .s3 { fill: #a371f7; stroke: #a371f7; }
				    }
				  </style>
				  <rect class="card" x="0.5" y="0.5" width="%4$d" height="%5$d" rx="6"/>
				""", WIDTH, height, escaped(this.title), WIDTH - 1, height - 1);
	}

	private int rowHeight() {
		return Math.max(2, this.series.size()) * LINE + GAP;
	}

	private void legend() {
		int x = 20;
		for (int i = 0; i < this.series.size(); i++) {
			add("  <circle class=\"s%d\" cx=\"%d\" cy=\"54\" r=\"5\"/>%n", i, x + 5);
			add("  <text x=\"%d\" y=\"58\">%s</text>%n", x + 16, escaped(this.series.get(i)));
			x += 40 + 7 * this.series.get(i).length();
		}
	}

	private void row(Row row, int top, boolean band) {
		if (band) {
			add("  <rect class=\"band\" x=\"1\" y=\"%d\" width=\"%d\" height=\"%d\"/>%n", top, WIDTH - 2, rowHeight());
		}
		int middle = top + rowHeight() / 2;
		add("  <text class=\"end\" x=\"%d\" y=\"%d\">%s</text>%n", LEFT - 16, middle - (row.note().isEmpty() ? -4 : 3),
				escaped(row.label()));
		add("  <text class=\"end small\" x=\"%d\" y=\"%d\">%s</text>%n", LEFT - 16, middle + 13, escaped(row.note()));
	}

	private void grid(int height) {
		for (int tenth = 0; tenth <= 10; tenth += 2) {
			add("  <line class=\"grid\" x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\"/>%n", x(tenth / 10.0), TOP,
					height - BOTTOM);
			add("  <text class=\"small middle\" x=\"%d\" y=\"%d\">%.1f</text>%n", x(tenth / 10.0), TOP - 8,
					tenth / 10.0);
		}
		add("  <text class=\"small middle\" x=\"%d\" y=\"%d\">%s</text>%n", x(0.5), height - BOTTOM + 24,
				escaped(this.axis));
	}

	private void dots(Row row, int top) {
		int y = top + (rowHeight() - this.series.size() * LINE) / 2 + LINE / 2;
		for (int i = 0; i < row.values().size(); i++) {
			Value value = row.values().get(i);
			if (value != null) {
				dot(value, i, y + i * LINE);
			}
		}
	}

	private void dot(Value value, int index, int y) {
		add("  <line class=\"s%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", index, x(value.low()), y,
				x(value.high()), y);
		add("  <circle class=\"s%d\" cx=\"%d\" cy=\"%d\" r=\"4.5\"/>%n", index, x(value.mean()), y);
		add("  <text class=\"small\" x=\"%d\" y=\"%d\">%.2f</text>%n", x(value.high()) + 7, y + 4, value.mean());
	}

	private static int x(double share) {
		return LEFT + (int) Math.round(share * (WIDTH - LEFT - RIGHT));
	}

	@FormatMethod
	private void add(String format, Object... arguments) {
		this.svg.append(String.format(Locale.ROOT, format, arguments));
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/**
	 * A row.
	 *
	 * @param label its name
	 * @param note a second line, smaller; may be empty
	 * @param values a value for each series; null for none
	 */
	record Row(String label, String note, List<@Nullable Value> values) {

	}

	/**
	 * A share.
	 *
	 * @param mean where the dot is, 0 to 1
	 * @param low where its interval begins
	 * @param high where it ends
	 */
	record Value(double mean, double low, double high) {

	}

}
