package io.reflectbatch.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.reflectbatch.bench.FileTree;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same texts in many languages: the messages of the TypeScript compiler, about
 * programs, translated by people. Logs are made of them, of which a question is asked in
 * the language of its answer. What differs in the figures is the language alone.
 */
final class Languages {

	private static final String ENGLISH = "en";

	private static final List<String> ALL = List.of(ENGLISH, "de", "es", "fr", "pt-br", "ru", "zh-cn", "ja", "ko");

	/** {@code diag(1002, 1, "Unterminated_string_literal_1002", "Unterminated string literal.")}. */
	private static final Pattern SOURCE = Pattern.compile("diag\\(\\d+, \\d+ /\\* \\w+ \\*/, \"([^\"]+)\", (\"(?:[^\"\\\\]|\\\\.)*\")");

	/** About as many as an answer of an assistant has in English. */
	private static final int TEXTS_A_MESSAGE = 6;

	private static final int MESSAGES_A_LOG = 10;

	private final Path library;

	/** By language, then by the key of the message. */
	private final Map<String, Map<String, String>> texts = new LinkedHashMap<>();

	private final List<String> keys;

	/**
	 * Reads the messages.
	 * @param library the directory {@code lib} of the package {@code typescript}
	 * @param count how many messages to take
	 * @param seed decides which
	 */
	Languages(Path library, int count, long seed) throws IOException {
		this.library = library;
		for (String language : ALL) {
			this.texts.put(language, language.equals(ENGLISH) ? english() : translated(language));
		}
		List<String> common = new ArrayList<>(english().keySet());
		common.removeIf((key) -> ALL.stream().anyMatch((language) -> !isAskable(text(language, key))));
		Collections.shuffle(common, new Random(seed));
		this.keys = List.copyOf(common.subList(0, Math.min(count, common.size())));
	}

	private Map<String, String> english() throws IOException {
		Map<String, String> found = new TreeMap<>();
		Matcher source = SOURCE.matcher(Files.readString(this.library.resolve("_tsc.js")));
		while (source.find()) {
			found.put(source.group(1), JsonMapper.shared().readValue(source.group(2), String.class));
		}
		return found;
	}

	private Map<String, String> translated(String language) throws IOException {
		Map<String, String> found = new TreeMap<>();
		JsonMapper.shared()
			.readTree(Files.readString(this.library.resolve(language).resolve("diagnosticMessages.generated.json")))
			.properties()
			.forEach((message) -> found.put(message.getKey(), message.getValue().asString()));
		return found;
	}

	private static boolean isAskable(String text) {
		return Form.HALF.of(text).isPresent() && Form.words(text).size() >= 6 && text.indexOf('\n') < 0;
	}

	/**
	 * Writes logs, in a project for each language.
	 */
	void writeTo(Path logs) throws IOException {
		FileTree.delete(logs);
		int size = TEXTS_A_MESSAGE * MESSAGES_A_LOG;
		for (String language : ALL) {
			Path project = Files.createDirectories(logs.resolve("-home-dev-" + language));
			for (int start = 0; start < this.keys.size(); start += size) {
				write(project, language, start, this.keys.subList(start, Math.min(start + size, this.keys.size())));
			}
		}
	}

	private void write(Path project, String language, int number, List<String> keys) throws IOException {
		List<String> lines = new ArrayList<>();
		for (int start = 0; start < keys.size(); start += TEXTS_A_MESSAGE) {
			String text = String.join("\n",
					keys.subList(start, Math.min(start + TEXTS_A_MESSAGE, keys.size()))
						.stream()
						.map((key) -> text(language, key))
						.toList());
			String role = (lines.size() % 2 == 0) ? "user" : "assistant";
			lines.add(JsonMapper.shared()
				.writeValueAsString(Map.of("type", role, "timestamp", "2026-01-01T10:00:00.000Z", "message",
						Map.of("role", role, "content", text))));
		}
		Files.write(project.resolve("%s-%04d.jsonl".formatted(language, number)), lines);
	}

	private String text(String language, String key) {
		return this.texts.getOrDefault(language, Map.of()).getOrDefault(key, "");
	}

	/**
	 * Asks for the same messages in each language.
	 * @param count for how many
	 * @param corpus the logs, in which each must be once only, in every language
	 */
	List<Query> queries(int count, Corpus corpus) {
		List<String> asked = this.keys.stream()
			.filter((key) -> ALL.stream().allMatch((language) -> corpus.occurrences(text(language, key)) == 1))
			.limit(count)
			.toList();
		List<Query> queries = new ArrayList<>();
		for (String language : ALL) {
			for (String key : asked) {
				queries.addAll(forms(language, text(language, key), asked.indexOf(key)));
			}
		}
		return queries;
	}

	private static List<Query> forms(String language, String text, int number) {
		return List.of(Form.EXACT, Form.HALF)
			.stream()
			.map((form) -> new Query(form, form.of(text).orElseThrow(), Set.of(), List.of(text), "message " + number, 0,
					-1, language))
			.toList();
	}

}
