package io.reflectbatch.bench.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A way to part questions about sentences into groups.
 */
enum Grouping {

	/** What is remembered. */
	FORM("as it is asked"),

	/** The same for all variants. */
	IN_MESSAGE("tokens of the message before the sentence"),

	/** The same for all variants. */
	IN_REFERENCE("tokens before it in the Python importer's chunk of ten messages"),

	/** Another one for each variant. */
	IN_CHUNK("tokens before it in the variant's own chunk"),

	/** By writing, where the language is not known. */
	LANGUAGE("language or script");

	private static final int[] WIDE = { 0, 128, 256, 512 };

	private static final int[] NARROW = { 0, 64, 128, 192, 256 };

	private final String words;

	Grouping(String words) {
		this.words = words;
	}

	/**
	 * Returns the questions of each group, by their numbers, in order.
	 */
	Map<String, int[]> groups(List<Query> queries, Result result) {
		Map<String, int[]> groups = new LinkedHashMap<>();
		for (String label : labels(queries)) {
			int[] members = IntStream.range(0, queries.size())
				.filter((i) -> !queries.get(i).isTitle() && label(queries.get(i), result.positions()[i]).equals(label))
				.toArray();
			if (members.length > 0) {
				groups.put(label, members);
			}
		}
		return groups;
	}

	private List<String> labels(List<Query> queries) {
		return switch (this) {
			case FORM -> names(Form.values());
			case LANGUAGE -> queries.stream().map(Query::language).distinct().toList();
			case IN_MESSAGE, IN_REFERENCE -> ranges(WIDE);
			case IN_CHUNK -> ranges(NARROW);
		};
	}

	private String label(Query query, int position) {
		return switch (this) {
			case FORM -> name(query.form());
			case LANGUAGE -> query.language();
			case IN_MESSAGE -> range(WIDE, query.inMessage());
			case IN_REFERENCE -> range(WIDE, query.inReference());
			case IN_CHUNK -> range(NARROW, position);
		};
	}

	private static List<String> names(Enum<?>[] values) {
		return List.of(values).stream().map(Grouping::name).toList();
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static List<String> ranges(int[] limits) {
		return IntStream.rangeClosed(0, limits.length)
			.mapToObj((i) -> range(limits, (i < limits.length) ? limits[i] : -1))
			.toList();
	}

	private static String range(int[] limits, int position) {
		if (position < 0) {
			return "in none";
		}
		int index = limits.length - 1;
		while (position < limits[index]) {
			index--;
		}
		return limits[index] + ((index == limits.length - 1) ? " or more" : "–" + (limits[index + 1] - 1));
	}

	@Override
	public String toString() {
		return this.words;
	}

}
