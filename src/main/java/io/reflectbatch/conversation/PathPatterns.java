package io.reflectbatch.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Patterns of paths in the syntax of {@code .gitignore} files: {@code *} and {@code ?}
 * stop at a slash, {@code **} does not, a slash before the end ties a pattern to the top,
 * one at the end to directories, {@code !} takes back, the last pattern that fits
 * decides, and what is in a directory that fits, fits. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
public final class PathPatterns {

	private final List<Rule> rules;

	private PathPatterns(List<Rule> rules) {
		this.rules = rules;
	}

	/**
	 * Reads patterns.
	 * @param lines the lines; blank ones and comments are passed over
	 * @throws IllegalArgumentException if a line is not a pattern; names the line
	 */
	public static PathPatterns of(List<String> lines) {
		List<Rule> rules = new ArrayList<>();
		for (int number = 1; number <= lines.size(); number++) {
			try {
				Rule rule = Rule.parse(lines.get(number - 1));
				if (rule != null) {
					rules.add(rule);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("line " + number + ": " + ex.getMessage(), ex);
			}
		}
		return new PathPatterns(List.copyOf(rules));
	}

	/**
	 * Returns whether there are none.
	 */
	public boolean isEmpty() {
		return this.rules.isEmpty();
	}

	/**
	 * Returns whether a file fits.
	 * @param path the path of the file, relative, separated by slashes
	 */
	public boolean match(String path) {
		for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
			if (decide(path.substring(0, slash), true)) {
				return true;
			}
		}
		return decide(path, false);
	}

	private boolean decide(String path, boolean directory) {
		for (Rule rule : this.rules.reversed()) {
			if (rule.fits(path, directory)) {
				return !rule.takesBack();
			}
		}
		return false;
	}

	/**
	 * One pattern.
	 *
	 * @param path what it fits
	 * @param directoriesOnly whether it fits directories only
	 * @param takesBack whether what fits is taken out again
	 */
	private record Rule(Pattern path, boolean directoriesOnly, boolean takesBack) {

		static @Nullable Rule parse(String line) {
			String pattern = withoutTrailingSpaces(line);
			if (pattern.isEmpty() || pattern.startsWith("#")) {
				return null;
			}
			boolean takesBack = pattern.startsWith("!");
			pattern = takesBack ? pattern.substring(1) : pattern;
			boolean directoriesOnly = pattern.endsWith("/");
			pattern = directoriesOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
			return pattern.isEmpty() ? null : new Rule(compile(pattern), directoriesOnly, takesBack);
		}

		private static String withoutTrailingSpaces(String line) {
			int end = line.length();
			while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
				end--;
			}
			return line.substring(0, end);
		}

		private static Pattern compile(String pattern) {
			boolean anywhere = pattern.indexOf('/') < 0;
			String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
			return Pattern.compile((anywhere ? "(?:.*/)?" : "") + new Glob(path).toRegex(), Pattern.DOTALL);
		}

		boolean fits(String path, boolean directory) {
			return (directory || !this.directoriesOnly) && this.path.matcher(path).matches();
		}

	}

	/**
	 * Translates wildcards to a regular expression.
	 */
	private static final class Glob {

		private static final String NO_SLASH = "[^/]";

		private final String glob;

		private final StringBuilder regex = new StringBuilder();

		private int index;

		Glob(String glob) {
			this.glob = glob;
		}

		String toRegex() {
			while (this.index < this.glob.length()) {
				if (this.glob.startsWith("**", this.index) && isAlone()) {
					anyDirectories();
				}
				else {
					single(this.glob.charAt(this.index++));
				}
			}
			return this.regex.toString();
		}

		// Two asterisks mean more than one only between slashes.
		private boolean isAlone() {
			int end = this.index + 2;
			return (this.index == 0 || this.glob.charAt(this.index - 1) == '/')
					&& (end == this.glob.length() || this.glob.charAt(end) == '/');
		}

		private void anyDirectories() {
			this.index += 2;
			if (this.index == this.glob.length()) {
				this.regex.append(".+");
			}
			else {
				this.index++;
				this.regex.append("(?:.+/)?");
			}
		}

		private void single(char character) {
			switch (character) {
				case '*' -> this.regex.append(NO_SLASH).append('*');
				case '?' -> this.regex.append(NO_SLASH);
				case '[' -> characters();
				case '\\' -> escaped();
				default -> literal(character);
			}
		}

		private void escaped() {
			if (this.index == this.glob.length()) {
				throw new IllegalArgumentException("'" + this.glob + "' ends with a backslash; expected a character");
			}
			literal(this.glob.charAt(this.index++));
		}

		private void literal(char character) {
			this.regex.append(Pattern.quote(String.valueOf(character)));
		}

		private void characters() {
			boolean negated = isNegated();
			this.index += negated ? 1 : 0;
			this.regex.append("(?!/)[").append(negated ? "^" : "");
			// A bracket that comes first is one of the characters.
			boolean first = true;
			while (first || at() != ']') {
				first = false;
				inBrackets();
			}
			this.index++;
			this.regex.append(']');
		}

		private void inBrackets() {
			if (this.glob.startsWith("[:", this.index)) {
				throw new IllegalArgumentException(
						"'" + this.glob + "' has a class such as [:digit:]; expected characters, such as 0-9");
			}
			char character = at();
			this.index++;
			if (character == '-') {
				this.regex.append('-');
			}
			else {
				this.regex.append((character == '\\') ? quotedAt(this.index++) : quotedAt(this.index - 1));
			}
		}

		private String quotedAt(int place) {
			char character = charAt(place);
			return Character.isLetterOrDigit(character) ? String.valueOf(character) : "\\" + character;
		}

		private char at() {
			return charAt(this.index);
		}

		private char charAt(int place) {
			if (place >= this.glob.length()) {
				throw new IllegalArgumentException("'" + this.glob + "' has a [ without ]");
			}
			return this.glob.charAt(place);
		}

		private boolean isNegated() {
			return this.index < this.glob.length() && "!^".indexOf(this.glob.charAt(this.index)) >= 0;
		}

	}

}
