package io.reflectbatch.cli;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells that the model does not know the language of some files.
 */
final class LanguageNotice {

	private LanguageNotice() {
	}

	/**
	 * Returns the languages with the number of files, most first.
	 * @param scripts the number of files by the name of the script
	 */
	static String languages(Map<String, Integer> scripts) {
		return scripts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.map((script) -> Console.number(script.getValue()) + " mostly in " + language(script.getKey()))
			.collect(Collectors.joining(", "));
	}

	// One script may write many languages; these are the ones for people.
	private static String language(String script) {
		return switch (script) {
			case "HAN" -> "Chinese";
			case "HANGUL" -> "Korean";
			case "HIRAGANA", "KATAKANA" -> "Japanese";
			default -> script.charAt(0) + script.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ') + " script";
		};
	}

	/**
	 * Returns the notice with the remedy.
	 * @param scripts the number of files by the name of the script, not empty
	 * @param model the name of the model
	 */
	static String of(Map<String, Integer> scripts, String model) {
		return """
				Files in languages that %s does not know: %s
				They are found by their words, hardly by their meaning. Another model helps: see README.md, Other models"""
			.formatted(model, languages(scripts));
	}

}
