package io.reflectbatch.conversation;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * In which scripts texts are written. What is counted are letters, which
 * <a href="https://www.unicode.org/reports/tr24/">Unicode</a> assigns to scripts: that
 * tells Chinese, Korean and Russian from English at hardly any cost, though not
 * Portuguese.
 */
public final class Writing {

	/**
	 * The rest of a long message is written in the same way, or is no language at all.
	 */
	private static final int SAMPLE = 4_000;

	/**
	 * Fewer letters tell nothing.
	 */
	private static final int ENOUGH = 100;

	/**
	 * A character of Chinese, Japanese or Korean says as much as three letters: one or
	 * two make a word.
	 */
	private static final int SYLLABLE = 3;

	private final Map<UnicodeScript, Long> letters = new EnumMap<>(UnicodeScript.class);

	private long ascii;

	/**
	 * Counts the letters of a message.
	 * @param text the text
	 */
	public void add(String text) {
		int end = Math.min(text.length(), SAMPLE);
		for (int i = 0; i < end; i++) {
			char unit = text.charAt(i);
			if (unit < 128) {
				this.ascii += isAsciiLetter(unit) ? 1 : 0;
			}
			else if (Character.isLetter(unit)) {
				count(UnicodeScript.of(unit));
			}
		}
	}

	private static boolean isAsciiLetter(char unit) {
		int lower = unit | 0x20;
		return lower >= 'a' && lower <= 'z';
	}

	private void count(UnicodeScript script) {
		this.letters.merge(script, switch (script) {
			case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> (long) SYLLABLE;
			default -> 1L;
		}, Long::sum);
	}

	/**
	 * Returns the script that most of the text is written in which is in a script that is
	 * not known.
	 * @param known tells which scripts are
	 * @return empty if most of all text is written in known scripts, or there is too
	 * little text
	 */
	public Optional<UnicodeScript> mostlyUnknown(Predicate<UnicodeScript> known) {
		Map<UnicodeScript, Long> all = byScript();
		if (sum(all) < ENOUGH || knownShare(known) >= 0.5) {
			return Optional.empty();
		}
		all.keySet().removeIf(known);
		return all.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
	}

	/**
	 * Returns how much of the text is written in known scripts.
	 * @param known tells which scripts are
	 * @return 0 to 1; 1 where there is no letter
	 */
	public double knownShare(Predicate<UnicodeScript> known) {
		Map<UnicodeScript, Long> all = byScript();
		long total = sum(all);
		all.keySet().removeIf(known);
		return (total > 0) ? 1 - sum(all) / (double) total : 1;
	}

	private Map<UnicodeScript, Long> byScript() {
		Map<UnicodeScript, Long> all = new EnumMap<>(this.letters);
		all.merge(UnicodeScript.LATIN, this.ascii, Long::sum);
		return all;
	}

	private static long sum(Map<UnicodeScript, Long> letters) {
		return letters.values().stream().mapToLong(Long::longValue).sum();
	}

}
