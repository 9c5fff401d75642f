package io.reflectbatch.bench.search;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The writing of most letters of a text: as near as one comes to its language without a
 * model.
 */
enum Script {

	/** English, and most of Western Europe. */
	LATIN,

	/** Chinese; Japanese without its syllables. */
	HAN,

	/** Japanese. */
	KANA,

	/** Korean. */
	HANGUL,

	/** Russian, for example. */
	CYRILLIC,

	/** All others. */
	OTHER;

	/**
	 * An ideograph is about half of a word, of which a Latin letter is a fifth. Japanese
	 * mixes its syllables with ideographs, no other language does.
	 */
	private static final int IDEOGRAPH = 3;

	/**
	 * Returns the script of a text.
	 */
	static Script of(String text) {
		Map<Script, Integer> letters = new EnumMap<>(Script.class);
		text.codePoints().filter(Character::isLetter).forEach((letter) -> {
			Script script = ofLetter(letter);
			letters.merge(script, (script == LATIN || script == CYRILLIC || script == OTHER) ? 1 : IDEOGRAPH,
					Integer::sum);
		});
		if (letters.getOrDefault(KANA, 0) * 5 > letters.getOrDefault(HAN, 0)) {
			letters.merge(KANA, letters.getOrDefault(HAN, 0), Integer::sum);
		}
		return letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(OTHER);
	}

	private static Script ofLetter(int letter) {
		return switch (UnicodeScript.of(letter)) {
			case LATIN -> LATIN;
			case HAN -> HAN;
			case HIRAGANA, KATAKANA -> KANA;
			case HANGUL -> HANGUL;
			case CYRILLIC -> CYRILLIC;
			default -> OTHER;
		};
	}

	/**
	 * Its name for people.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
