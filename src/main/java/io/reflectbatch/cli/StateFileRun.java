package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.function.Supplier;

import io.reflectbatch.importing.StateFileLauncher;
import io.reflectbatch.ledger.Adoption;
import io.reflectbatch.ledger.StateFileException;

/**
 * Exchanges state with the Python importer, and says what happened.
 */
final class StateFileRun {

	private final StateFileLauncher launcher;

	private final Console console;

	private final boolean json;

	StateFileRun(StateFileLauncher launcher, Console console, boolean json) {
		this.launcher = launcher;
		this.console = console;
		this.json = json;
	}

	ExitCode export(Path target) {
		Exported exported = new Exported(target.toString(), require(() -> this.launcher.export(target)));
		if (this.json) {
			this.console.json(exported);
		}
		else {
			this.console.line("Wrote %s to %s", Console.count(exported.files(), "file"), target);
		}
		return ExitCode.COMPLETED;
	}

	ExitCode adopt(Path source, String prefix) {
		Adoption adoption = require(() -> this.launcher.adopt(source));
		if (this.json) {
			this.console.json(adoption);
		}
		else {
			print(adoption, prefix);
		}
		return ExitCode.COMPLETED;
	}

	// The file is what the user has named.
	private static <T> T require(Supplier<T> exchange) {
		try {
			return exchange.get();
		}
		catch (StateFileException ex) {
			throw new UsageException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private void print(Adoption adoption, String prefix) {
		this.console.line("Adopted %s, of which changed since and are imported next time: %s, not on this machine: %s",
				Console.count(adoption.adopted(), "file"), Console.number(adoption.changed()),
				Console.number(adoption.missing()));
		if (adoption.known() > 0) {
			this.console.line("Left as imported by this application: %s", Console.count(adoption.known(), "file"));
		}
		if (adoption.foreignCount() > 0) {
			this.console.line(
					"Ignored: %s that is neither %s/PROJECT/FILE.jsonl nor a transcript of a subagent below it, for example %s; see --prefix",
					Console.count(adoption.foreignCount(), "file"), prefix, adoption.foreign().getFirst());
		}
	}

	/**
	 * What was written.
	 *
	 * @param file the state file
	 * @param files the number of files in it
	 */
	private record Exported(String file, int files) {

	}

}
