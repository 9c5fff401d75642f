package io.reflectbatch.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Puts {@code [REDACTED:rule]} in the place of secrets that are known by their shape, or
 * counts them. What surrounds a secret stays, so that the text can be read and found. Not
 * thread-safe.
 * <p>
 * The result depends on the text alone, so a whole message belongs in, before it is cut.
 * Time grows with the length of the text: it is read once, and a rule looks only where
 * one of its keywords stands.
 */
public final class Redactor {

	private final boolean enabled;

	private final @Nullable Matcher[] matchers;

	private Redactor(boolean enabled) {
		this.enabled = enabled;
		this.matchers = new Matcher[enabled ? Rules.ALL.size() : 0];
	}

	/**
	 * Returns a redactor of all secrets that are known.
	 */
	public static Redactor ofSecrets() {
		return new Redactor(true);
	}

	/**
	 * Returns a redactor that leaves every text as it is.
	 */
	public static Redactor none() {
		return new Redactor(false);
	}

	/**
	 * Returns the version of the rules: texts that were redacted by the same are the
	 * same.
	 */
	public static int version() {
		return SecretRules.VERSION;
	}

	/**
	 * Redacts a text.
	 * @param text the text, whole
	 * @return the text without secrets, which is mostly the text itself
	 */
	public String redact(String text) {
		return this.enabled ? redaction(text).result() : text;
	}

	/**
	 * Counts the secrets of a text.
	 * @param text the text, whole
	 * @return how many there are, by rule; mostly empty
	 */
	public Map<String, Integer> secretsIn(String text) {
		return this.enabled ? redaction(text).counts : Map.of();
	}

	private Redaction redaction(String text) {
		Redaction redaction = new Redaction(text);
		Rules.KEYWORDS.find(text, redaction);
		return redaction;
	}

	private Matcher matcher(int rule, String text) {
		Matcher matcher = this.matchers[rule];
		if (matcher == null) {
			matcher = Rules.ALL.get(rule).matcher(text);
			this.matchers[rule] = matcher;
		}
		return matcher.reset(text);
	}

	/**
	 * One text on its way.
	 */
	private final class Redaction implements Keywords.Listener {

		private final String text;

		private Map<String, Integer> counts = Map.of();

		private @Nullable StringBuilder result;

		private int copied;

		Redaction(String text) {
			this.text = text;
		}

		@Override
		public int found(int keyword, int end) {
			Keyword found = Rules.OF_KEYWORDS.get(keyword);
			int start = end - found.length();
			return (start < this.copied) ? end : Math.max(end, replace(found.rule(), start));
		}

		private int replace(int index, int start) {
			SecretRule rule = Rules.ALL.get(index);
			Matcher matcher = matcher(index, this.text).region(start, this.text.length());
			if (matcher.lookingAt()) {
				int secret = matcher.start(matcher.groupCount());
				int end = matcher.end(matcher.groupCount());
				if (rule.accepts(this.text.substring(secret, end))) {
					replace(rule.id(), secret, end);
					return end;
				}
			}
			return start;
		}

		private void replace(String rule, int start, int end) {
			if (this.result == null) {
				this.result = new StringBuilder(this.text.length());
				this.counts = new HashMap<>();
			}
			this.result.append(this.text, this.copied, start).append("[REDACTED:").append(rule).append(']');
			this.copied = end;
			this.counts.merge(rule, 1, Integer::sum);
		}

		String result() {
			return (this.result != null) ? this.result.append(this.text, this.copied, this.text.length()).toString()
					: this.text;
		}

	}

	/**
	 * A keyword of a rule.
	 *
	 * @param rule the index of the rule
	 * @param length the length of the keyword
	 */
	private record Keyword(int rule, int length) {

	}

	/**
	 * What is made once, and only where something is redacted.
	 */
	private static final class Rules {

		private static final List<SecretRule> ALL = Stream
			.concat(SecretRules.SECRETLINT.stream(), SecretRules.OWN.stream())
			.toList();

		private static final List<Keyword> OF_KEYWORDS = IntStream.range(0, ALL.size())
			.boxed()
			.flatMap((rule) -> ALL.get(rule).keywords().stream().map((keyword) -> new Keyword(rule, keyword.length())))
			.toList();

		private static final Keywords KEYWORDS = new Keywords(
				ALL.stream().flatMap((rule) -> rule.keywords().stream()).toList());

	}

}
