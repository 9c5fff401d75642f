package io.reflectbatch.bench.search;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.reflectbatch.conversation.ConversationFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A title that a log carries. No import indexes it.
 *
 * @param text the title
 * @param leaf the {@code uuid} of the last message that it is about; empty if the line
 * names none
 * @param conversation the conversation in whose log it is. A summary may be about another
 * one: a new log begins with those of the sessions before
 */
record Title(String text, String leaf, String conversation) {

	/** Invalid UTF-8 is not ours to report. */
	private static final Charset LENIENT = StandardCharsets.ISO_8859_1;

	/**
	 * Reads the titles of a log: lines of the types {@code ai-title}, {@code custom-title}
	 * and {@code summary}.
	 */
	static List<Title> in(ConversationFile file) throws IOException {
		List<Title> titles = new ArrayList<>();
		try (Stream<String> lines = Files.lines(file.path(), LENIENT)) {
			lines.filter((line) -> line.contains("-title\"") || line.contains("\"summary\""))
				.forEach((line) -> read(line, file, titles));
		}
		return titles;
	}

	private static void read(String line, ConversationFile file, List<Title> titles) {
		JsonNode json;
		try {
			json = JsonMapper.shared().readTree(line.getBytes(LENIENT));
		}
		catch (JacksonException ex) {
			// An import reports it.
			return;
		}
		String key = switch (json.path("type").asString("")) {
			case "ai-title" -> "aiTitle";
			case "custom-title" -> "customTitle";
			case "summary" -> "summary";
			default -> "";
		};
		String text = json.path(key).asString(json.path("title").asString("")).strip();
		if (!key.isEmpty() && Form.words(text).size() >= Form.FEWEST_WORDS) {
			titles.add(new Title(text, json.path("leafUuid").asString(""), file.conversationId()));
		}
	}

}
