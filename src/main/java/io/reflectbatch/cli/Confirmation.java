package io.reflectbatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;

import picocli.CommandLine.Option;

/**
 * Whether somebody really wants points deleted. A person at a terminal is asked; a script
 * has to say so.
 */
final class Confirmation {

	@Option(names = "--yes", description = "Delete without asking; needed where there is no terminal to ask at.")
	private boolean yes;

	boolean isGiven() {
		return this.yes;
	}

	/**
	 * Asks.
	 * @param console where to ask
	 * @param json whether the output is for a program, which cannot answer
	 * @param question the question
	 * @return whether the answer was yes
	 * @throws UsageException if there is nobody to ask
	 */
	boolean ask(Console console, boolean json, String question) {
		if (json || !Terminal.isInputPresent()) {
			throw new UsageException("Nothing was deleted, since nobody can be asked here."
					+ " Look at what would be deleted, then say --yes.");
		}
		console.line("%s [y/N]", question);
		try {
			String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
			return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the answer", ex);
		}
	}

}
