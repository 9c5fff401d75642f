package io.reflectbatch.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.reflectbatch.search.SearchMode;
import org.jspecify.annotations.Nullable;

/**
 * The plots of all results.
 */
final class Plots {

	private static final String AXIS = "with the interval of 95 % of bootstrap samples of the conversations";

	private static final List<SearchMode> MODES = List.of(SearchMode.VECTOR, SearchMode.LEXICAL, SearchMode.HYBRID);

	private static final List<String> MODE_NAMES = List.of("by meaning", "by words", "hybrid");

	/** What is compared by position, as far as it is measured: the first of each line. */
	private static final List<List<String>> BY_POSITION = List.of(List.of("messages-128/fp32", "messages-128"),
			List.of("messages-256/fp32", "messages-256"), List.of("windows-128"), List.of("windows-256"));

	private final List<Query> queries;

	private final List<Result> results;

	private final int[] titles;

	private final int[] sentences;

	Plots(List<Query> queries, List<Result> results) {
		this.queries = queries;
		this.results = results;
		this.titles = IntStream.range(0, queries.size()).filter((i) -> queries.get(i).isTitle()).toArray();
		this.sentences = IntStream.range(0, queries.size()).filter((i) -> !queries.get(i).isTitle()).toArray();
	}

	/**
	 * Writes all of them.
	 * @param directory where to
	 */
	void writeTo(Path directory) throws IOException {
		write(directory, "variants", variants());
		write(directory, "position", position());
		write(directory, "modes", modes());
		Map<String, int[]> languages = Grouping.LANGUAGE.groups(this.queries, this.results.getFirst());
		if (languages.size() > 1) {
			write(directory, "languages", chart("Recall@5 by language, " + this.results.getFirst().variant(), languages));
		}
	}

	private static void write(Path directory, String name, Chart chart) throws IOException {
		Files.writeString(directory.resolve(name + ".svg"), chart.draw());
	}

	private Chart variants() {
		List<Chart.Row> rows = this.results.stream()
			.map((result) -> new Chart.Row(result.variant().toString(),
					String.format(Locale.ROOT, "%,d points", result.points()),
					values(MODES, (mode) -> value(result.ranks(mode), this.sentences, Figures::reciprocal))))
			.toList();
		return new Chart("Sentences found again, by the way they were imported", "MRR@10, " + AXIS, MODE_NAMES, rows);
	}

	private Chart position() {
		List<Result> compared = BY_POSITION.stream().flatMap((names) -> first(names).stream()).toList();
		List<Map<String, int[]>> groups = compared.stream()
			.map((result) -> Grouping.IN_REFERENCE.groups(this.queries, result))
			.toList();
		List<String> labels = groups.stream().flatMap((group) -> group.keySet().stream()).distinct().toList();
		List<Chart.Row> drawn = new ArrayList<>();
		for (String label : labels) {
			int[] members = groups.getFirst().getOrDefault(label, new int[0]);
			drawn.add(new Chart.Row("tokens " + label, members.length + " questions", values(compared,
					(result) -> value(result.ranks(SearchMode.VECTOR), members, Plots::hit))));
		}
		return new Chart("By meaning: sentences found again, by their place in a chunk of ten messages",
				"recall@5, " + AXIS, compared.stream().map((result) -> result.variant().toString()).toList(), drawn);
	}

	private List<Result> first(List<String> names) {
		return names.stream()
			.flatMap((name) -> this.results.stream().filter((result) -> result.variant().toString().equals(name)))
			.limit(1)
			.toList();
	}

	private Chart modes() {
		Map<String, int[]> groups = new LinkedHashMap<>();
		if (this.titles.length > 0) {
			groups.put("title", this.titles);
		}
		groups.putAll(Grouping.FORM.groups(this.queries, this.results.getFirst()));
		return chart("Recall@5 by what is asked, " + this.results.getFirst().variant(), groups);
	}

	private Chart chart(String title, Map<String, int[]> groups) {
		Result result = this.results.getFirst();
		List<Chart.Row> rows = new ArrayList<>();
		groups.forEach((label, members) -> rows.add(new Chart.Row(label, members.length + " questions",
				values(MODES, (mode) -> value(result.ranks(mode), members, Plots::hit)))));
		return new Chart(title, "recall@5, " + AXIS, MODE_NAMES, rows);
	}

	private static <T> List<Chart.@Nullable Value> values(List<T> series, Function<T, Chart.Value> value) {
		List<Chart.@Nullable Value> values = new ArrayList<>();
		series.forEach((one) -> values.add(value.apply(one)));
		return values;
	}

	private static double hit(int rank) {
		return (rank > 0 && rank <= 5) ? 1 : 0;
	}

	private Chart.Value value(int[] ranks, int[] members, IntToDoubleFunction gain) {
		double[] values = Arrays.stream(members).mapToDouble((i) -> gain.applyAsDouble(ranks[i])).toArray();
		Bootstrap.Interval interval = new Bootstrap(
				Arrays.stream(members).mapToObj((i) -> this.queries.get(i).source()).toList())
			.mean(values);
		return new Chart.Value(Arrays.stream(values).average().orElse(0), interval.low(), interval.high());
	}

}
