package io.reflectbatch.conversation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Knows what people write in the place of a secret.
 */
final class Placeholders {

	/**
	 * What no machine writes into a token, or next to never.
	 */
	private static final List<String> IN_TOKENS = List.of("example", "placeholder", "redacted", "xxxxx", "your_",
			"your-", "changeme", "change-me", "insert");

	/**
	 * Those of secretlint's rules for passwords in addresses, and a few more.
	 */
	private static final Set<String> PASSWORDS = Set.of("pass", "passwd", "pwd", "secret", "token", "user", "username",
			"root", "admin", "guest", "test", "postgres", "mysql", "mongo", "redis", "localhost", "changeme",
			"changeit", "credentials", "foobar", "none", "null", "undefined", "true", "false");

	private static final List<String> IN_PASSWORDS = List.of("password", "example", "placeholder", "redacted", "your",
			"xxxx", "****", "....");

	private static final int SHORTEST_PASSWORD = 4;

	private Placeholders() {
	}

	static boolean isToken(String token) {
		String lower = token.toLowerCase(Locale.ROOT);
		return IN_TOKENS.stream().anyMatch(lower::contains);
	}

	static boolean isPassword(String password) {
		String lower = password.toLowerCase(Locale.ROOT);
		return password.length() < SHORTEST_PASSWORD || PASSWORDS.contains(lower)
				|| IN_PASSWORDS.stream().anyMatch(lower::contains) || isVariable(password) || isOneCharacter(password);
	}

	private static boolean isVariable(String password) {
		char first = password.charAt(0);
		char last = password.charAt(password.length() - 1);
		return first == '$' || first == '{' || first == '<' || first == '[' || (first == '%' && last == '%');
	}

	private static boolean isOneCharacter(String password) {
		return password.chars().distinct().count() == 1;
	}

	/**
	 * Returns whether a text is a user and a password, separated by a colon, in base64,
	 * and the password is no placeholder.
	 */
	static boolean isEncodedPassword(String text) {
		try {
			String decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
			int colon = decoded.indexOf(':');
			return colon >= 0 && decoded.chars().noneMatch((character) -> Character.isISOControl(character))
					&& !isPassword(decoded.substring(colon + 1));
		}
		catch (IllegalArgumentException ex) {
			// Not base64: nothing that a server would take.
			return false;
		}
	}

}
