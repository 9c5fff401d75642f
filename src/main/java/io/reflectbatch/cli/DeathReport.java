package io.reflectbatch.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.reflectbatch.ledger.FileDeath;
import io.reflectbatch.ledger.FileDeaths;

/**
 * Files that were being read when a process died, with the evidence and the way out.
 */
final class DeathReport {

	private final Console console;

	DeathReport(Console console) {
		this.console = console;
	}

	void print(List<FileDeath> deaths) {
		if (deaths.isEmpty()) {
			return;
		}
		this.console.line("%nFiles that were being read when a process died:");
		byPath(deaths).values().forEach(this::printFile);
	}

	private static Map<String, List<FileDeath>> byPath(List<FileDeath> deaths) {
		return deaths.stream().collect(Collectors.groupingBy(FileDeath::path, LinkedHashMap::new, Collectors.toList()));
	}

	private void printFile(List<FileDeath> deaths) {
		this.console.line("%s", deaths.getFirst().path());
		deaths.forEach((death) -> this.console.line("    execution %d: %s", death.execution(), death.evidence()));
		this.console.line("    %s", whatNext(deaths));
	}

	private static String whatNext(List<FileDeath> deaths) {
		if (deaths.getFirst().quarantined()) {
			return "In quarantine. To try it again: reflect files --retry " + quoted(deaths.getFirst().path());
		}
		return (deaths.size() + 1 < FileDeaths.QUARANTINE_DEATHS) ? "The next import reads it like any other."
				: "The next import reads it alone, and puts it into quarantine if it dies again.";
	}

	/**
	 * Writes a path so that it can be copied into a shell.
	 */
	static String quoted(String path) {
		return path.matches("[\\p{L}\\p{N}_./+@=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
	}

}
