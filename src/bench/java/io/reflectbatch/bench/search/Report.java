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
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.FormatMethod;
import io.reflectbatch.search.SearchMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables, the JSON document and the plots of all results.
 */
final class Report {

	private final List<Query> queries;

	private final List<Result> results;

	private final Map<String, Object> document = new LinkedHashMap<>();

	private final List<String> lines = new ArrayList<>();

	Report(Corpus corpus, List<Query> queries, List<Result> results, Map<String, Object> circumstances) {
		this.queries = queries;
		this.results = results;
		this.document.putAll(circumstances);
		head(corpus);
		table("Titles", Query::isTitle);
		table("Sentences", (query) -> !query.isTitle());
		shown();
		modes();
		for (Grouping grouping : Grouping.values()) {
			table(grouping);
		}
		this.document.put("variants", results.stream().map(this::json).toList());
	}

	private void head(Corpus corpus) {
		Map<String, Object> counts = new LinkedHashMap<>();
		counts.put("files", corpus.files());
		counts.put("megabytes", corpus.bytes() / 1e6);
		counts.put("messages", corpus.messages().size());
		counts.put("characters", corpus.characters());
		counts.put("titles", count(Query::isTitle));
		counts.put("sentences", count((query) -> query.form() == Form.EXACT));
		counts.put("questions about sentences", count((query) -> !query.isTitle()));
		counts.put("conversations of sentences", bootstrapSize((query) -> !query.isTitle()));
		counts.put("conversations of titles", bootstrapSize(Query::isTitle));
		this.document.put("counts", counts);
		line("%d files (%.1f MB), %,d messages of %,d characters", corpus.files(), corpus.bytes() / 1e6,
				corpus.messages().size(), corpus.characters());
		line("%d titles of %d conversations; %d sentences of %d conversations, %d questions about them",
				count(Query::isTitle), bootstrapSize(Query::isTitle), count((query) -> query.form() == Form.EXACT),
				bootstrapSize((query) -> !query.isTitle()), count((query) -> !query.isTitle()));
		line("In brackets: 95 %% of bootstrap samples of the conversations; * a difference that is not chance by them");
	}

	private long count(Predicate<Query> which) {
		return this.queries.stream().filter(which).count();
	}

	private long bootstrapSize(Predicate<Query> which) {
		return this.queries.stream().filter(which).map(Query::source).distinct().count();
	}

	private int[] indexes(Predicate<Query> which) {
		return IntStream.range(0, this.queries.size()).filter((i) -> which.test(this.queries.get(i))).toArray();
	}

	/**
	 * All variants in all modes; the differences are those to the first variant in the same
	 * mode.
	 */
	private void table(String title, Predicate<Query> which) {
		int[] members = indexes(which);
		if (members.length == 0) {
			return;
		}
		for (SearchMode mode : this.results.getFirst().ranks().keySet()) {
			line("");
			line("%s, %s (%d questions)", title, name(mode), members.length);
			line("%-34s %6s %8s %8s %8s %6s %6s %6s %6s %-15s %s", "", "points", "messages", "tokens", "import", "R@1", "R@5", "R@10",
					"MRR@10", "", "MRR@10 compared with " + this.results.getFirst().variant());
			for (Result result : this.results) {
				Measured measured = measured(result.ranks(mode), members);
				Measured difference = difference(result.ranks(mode), this.results.getFirst().ranks(mode), members);
				line("%-34s %6d %8s %8d %6.1f s %6.3f %6.3f %6.3f %6.3f [%.3f, %.3f]  %s", result.variant(),
						result.points(), (result.messages() > 0) ? result.messages() : "–", result.tokens(), result.seconds(), measured.figures.recall1(),
						measured.figures.recall5(), measured.figures.recall10(), measured.figures.mrr10(),
						measured.interval.low(), measured.interval.high(),
						isFirst(result) ? "" : difference.text());
			}
		}
	}

	/**
	 * A chunk of ten messages holds much, so it holds an answer more often than a window;
	 * what is looked at is an excerpt of 350 characters of either.
	 */
	private void shown() {
		int[] members = indexes((query) -> !query.isTitle());
		if (members.length == 0) {
			return;
		}
		line("");
		line("Sentences that the excerpt shows which search prints: recall@5, and MRR@10 of hybrid compared with %s",
				this.results.getFirst().variant());
		line("%-34s %9s %9s %9s  %s", "", "vector", "lexical", "hybrid", "");
		for (Result result : this.results) {
			line("%-34s %9.3f %9.3f %9.3f  %s", result.variant(), shown(result, SearchMode.VECTOR, members),
					shown(result, SearchMode.LEXICAL, members), shown(result, SearchMode.HYBRID, members),
					isFirst(result) ? ""
							: difference(shownRanks(result, SearchMode.HYBRID),
									shownRanks(this.results.getFirst(), SearchMode.HYBRID), members)
								.text());
		}
	}

	private boolean isFirst(Result result) {
		return result.variant().equals(this.results.getFirst().variant());
	}

	private static int[] shownRanks(Result result, SearchMode mode) {
		return result.shown().getOrDefault(mode, new int[0]);
	}

	private static double shown(Result result, SearchMode mode, int[] members) {
		return Figures.of(select(shownRanks(result, mode), members)).recall5();
	}

	/**
	 * Whether two rankings are better than one.
	 */
	private void modes() {
		for (Predicate<Query> which : List.<Predicate<Query>>of(Query::isTitle, (query) -> !query.isTitle())) {
			int[] members = indexes(which);
			if (members.length == 0) {
				continue;
			}
			line("");
			line("Hybrid, MRR@10 compared with one ranking alone, %s",
					this.queries.get(members[0]).isTitle() ? "titles" : "sentences");
			line("%-34s %-34s %s", "", "vector", "lexical");
			for (Result result : this.results) {
				int[] hybrid = result.ranks(SearchMode.HYBRID);
				line("%-34s %-34s %s", result.variant(),
						difference(hybrid, result.ranks(SearchMode.VECTOR), members).text(),
						difference(hybrid, result.ranks(SearchMode.LEXICAL), members).text());
			}
		}
	}

	private void table(Grouping grouping) {
		if (indexes((query) -> !query.isTitle()).length == 0) {
			return;
		}
		for (SearchMode mode : this.results.getFirst().ranks().keySet()) {
			List<String> labels = this.results.stream()
				.flatMap((result) -> grouping.groups(this.queries, result).keySet().stream())
				.distinct()
				.toList();
			line("");
			line("Sentences by %s, %s: recall@5 (number of questions)", grouping, name(mode));
			line("%-34s%s", "", join(labels.stream().map((label) -> String.format(Locale.ROOT, "%18s", label)).toList()));
			for (Result result : this.results) {
				Map<String, int[]> groups = grouping.groups(this.queries, result);
				line("%-34s%s", result.variant(), join(labels.stream().map((label) -> cell(groups.get(label), result, mode)).toList()));
			}
		}
	}

	private static String join(List<String> cells) {
		return String.join("", cells);
	}

	private String cell(int @Nullable [] members, Result result, SearchMode mode) {
		if (members == null) {
			return " ".repeat(18);
		}
		return String.format(Locale.ROOT, "%11.3f (%4d)",
				Figures.of(select(result.ranks(mode), members)).recall5(), members.length);
	}

	private Measured measured(int[] ranks, int[] members) {
		int[] selected = select(ranks, members);
		return new Measured(Figures.of(selected), bootstrap(members).mean(reciprocals(selected)));
	}

	private Measured difference(int[] ranks, int[] others, int[] members) {
		double[] values = reciprocals(select(ranks, members));
		double[] baseline = reciprocals(select(others, members));
		for (int i = 0; i < values.length; i++) {
			values[i] -= baseline[i];
		}
		double mean = Arrays.stream(values).average().orElse(Double.NaN);
		return new Measured(new Figures(members.length, Double.NaN, Double.NaN, Double.NaN, mean),
				bootstrap(members).mean(values));
	}

	private Bootstrap bootstrap(int[] members) {
		return new Bootstrap(Arrays.stream(members).mapToObj((i) -> this.queries.get(i).source()).toList());
	}

	private static int[] select(int[] ranks, int[] members) {
		return Arrays.stream(members).map((i) -> ranks[i]).toArray();
	}

	private static double[] reciprocals(int[] ranks) {
		return Arrays.stream(ranks).mapToDouble(Figures::reciprocal).toArray();
	}

	private static double[] hits(int[] ranks) {
		return Arrays.stream(ranks).mapToDouble((rank) -> (rank > 0 && rank <= 5) ? 1 : 0).toArray();
	}

	private Map<String, Object> json(Result result) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("variant", result.variant().toString());
		json.put("points", result.points());
		json.put("messages", result.messages());
		json.put("tokens", result.tokens());
		json.put("importSeconds", result.seconds());
		for (SearchMode mode : result.ranks().keySet()) {
			Map<String, Object> figures = new LinkedHashMap<>();
			figures.put("titles", json(result, mode, indexes(Query::isTitle)));
			figures.put("sentences shown: recall5", shown(result, mode, indexes((query) -> !query.isTitle())));
			figures.put("sentences", json(result, mode, indexes((query) -> !query.isTitle())));
			for (Grouping grouping : Grouping.values()) {
				Map<String, Object> groups = new LinkedHashMap<>();
				grouping.groups(this.queries, result)
					.forEach((label, members) -> groups.put(label, json(result, mode, members)));
				figures.put("sentences by " + grouping, groups);
			}
			json.put(name(mode), figures);
		}
		return json;
	}

	private Map<String, Object> json(Result result, SearchMode mode, int[] members) {
		Map<String, Object> json = new LinkedHashMap<>();
		Measured measured = measured(result.ranks(mode), members);
		json.put("questions", members.length);
		json.put("recall1", measured.figures.recall1());
		json.put("recall5", measured.figures.recall5());
		Bootstrap.Interval recall = bootstrap(members).mean(hits(select(result.ranks(mode), members)));
		json.put("recall5Interval", List.of(recall.low(), recall.high()));
		json.put("recall10", measured.figures.recall10());
		json.put("mrr10", measured.figures.mrr10());
		json.put("mrr10Interval", List.of(measured.interval.low(), measured.interval.high()));
		Measured difference = difference(result.ranks(mode), this.results.getFirst().ranks(mode), members);
		json.put("mrr10Difference", difference.figures.mrr10());
		json.put("mrr10DifferenceInterval", List.of(difference.interval.low(), difference.interval.high()));
		return json;
	}

	private static String name(SearchMode mode) {
		return mode.name().toLowerCase(Locale.ROOT);
	}

	@FormatMethod
	private void line(String format, Object... arguments) {
		this.lines.add(String.format(Locale.ROOT, format, arguments));
	}

	/**
	 * Prints the tables, or the document, and writes both and the plots.
	 */
	void print(Path directory, boolean json) throws IOException {
		String written = JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this.document);
		Files.writeString(directory.resolve("result.json"), written + "\n");
		Files.writeString(directory.resolve("result.txt"), String.join("\n", this.lines) + "\n");
		new Plots(this.queries, this.results).writeTo(directory);
		System.out.println(json ? written : String.join("\n", this.lines));
		System.err.println("bench: wrote result.txt, result.json and plots to " + directory);
	}

	/**
	 * Figures, and the interval of their mean reciprocal rank.
	 *
	 * @param figures the figures
	 * @param interval the interval
	 */
	private record Measured(Figures figures, Bootstrap.Interval interval) {

		String text() {
			return String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]%s", this.figures.mrr10(), this.interval.low(),
					this.interval.high(), this.interval.excludesZero() ? " *" : "");
		}

	}

}
