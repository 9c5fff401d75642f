package io.reflectbatch.conversation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The shape of one kind of secret. A text is looked at only where one of the keywords
 * stands, from there on, and no further than the pattern reaches, which is bounded: so
 * the time that a text takes grows with its length and not faster. Thread-safe.
 */
final class SecretRule {

	private final String id;

	private final List<String> keywords;

	private final String expression;

	private final Check check;

	private volatile @Nullable Pattern pattern;

	/**
	 * Creates a rule.
	 * @param id the name that stands in the place of the secret, for example
	 * {@code github-token}
	 * @param keywords what every match begins with, in lower case; capitals match as well
	 * @param expression the regular expression of the secret from the keyword on; its
	 * last group, if it has one, is what is secret
	 * @param check what else must hold
	 */
	SecretRule(String id, List<String> keywords, String expression, Check check) {
		this.id = id;
		this.keywords = List.copyOf(keywords);
		this.expression = expression;
		this.check = check;
	}

	String id() {
		return this.id;
	}

	List<String> keywords() {
		return this.keywords;
	}

	boolean accepts(String secret) {
		return this.check.accepts(secret);
	}

	/**
	 * Returns what looks for the secret in a text.
	 */
	Matcher matcher(CharSequence text) {
		// What stands before the keyword and behind the secret belongs to the text, too.
		return pattern().matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
	}

	// Few rules ever see their keyword.
	private Pattern pattern() {
		Pattern compiled = this.pattern;
		if (compiled == null) {
			compiled = Pattern.compile(this.expression);
			this.pattern = compiled;
		}
		return compiled;
	}

	/**
	 * Returns everything that makes the rule, in one line.
	 */
	@Override
	public String toString() {
		return this.id + " " + this.keywords + " " + this.expression + " " + this.check;
	}

	/**
	 * What tells a secret from what only looks like one.
	 */
	enum Check {

		/**
		 * The shape is enough.
		 */
		SHAPE {

			@Override
			boolean accepts(String secret) {
				return true;
			}

		},

		/**
		 * It was made by a machine: no placeholder, and not the same few characters.
		 */
		RANDOM {

			@Override
			boolean accepts(String secret) {
				return !Placeholders.isToken(secret) && Entropy.of(secret) >= MINIMUM_ENTROPY;
			}

		},

		/**
		 * The same, and it has a digit: it stands where words could stand, too.
		 */
		RANDOM_WITH_DIGIT {

			@Override
			boolean accepts(String secret) {
				return RANDOM.accepts(secret) && secret.chars().anyMatch((character) -> Character.isDigit(character));
			}

		},

		/**
		 * It was made up by a person: anything but a placeholder.
		 */
		PASSWORD {

			@Override
			boolean accepts(String secret) {
				return !Placeholders.isPassword(secret);
			}

		},

		/**
		 * A user and a password in base64, as HTTP wants them.
		 */
		CREDENTIALS {

			@Override
			boolean accepts(String secret) {
				return Placeholders.isEncodedPassword(secret);
			}

		};

		/**
		 * In bits a character. Of 20 characters drawn at random from 62, one in a million
		 * has less; the rules of gitleaks use 3 for most tokens, too.
		 */
		private static final double MINIMUM_ENTROPY = 3;

		abstract boolean accepts(String secret);

	}

}
