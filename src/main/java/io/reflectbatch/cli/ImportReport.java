package io.reflectbatch.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.operations.ExecutionSummary;

/**
 * The last lines of an import.
 */
final class ImportReport {

	private static final double MILLIS = 1000;

	private final Console console;

	private final long knownFiles;

	private final String peakMemory;

	private final String model;

	ImportReport(Console console, long knownFiles, String peakMemory, String model) {
		this.console = console;
		this.knownFiles = knownFiles;
		this.peakMemory = peakMemory;
		this.model = model;
	}

	void print(ExecutionSummary summary) {
		this.console.line("%s", line(summary));
		if (summary.problems() > 0 && !isNothing(summary)) {
			this.console.line("The lines that could not be read: reflect show %d", summary.id());
		}
		if (!summary.unknownScripts().isEmpty()) {
			this.console.line("%s", LanguageNotice.of(summary.unknownScripts(), this.model));
		}
	}

	/**
	 * Puts into a line what an execution has done.
	 * @param summary the execution
	 */
	String line(ExecutionSummary summary) {
		if (isNothing(summary)) {
			return "Nothing new: %s known%s, nothing embedded, nothing written (%s)".formatted(
					Console.count(this.knownFiles, "file"), leftOut(summary), Console.duration(summary.duration()));
		}
		return "%s execution %d: %s of %s%s, %s%s%s%s%s, %s%s, peak memory %s".formatted(verb(summary.status()),
				summary.id(), Console.number(summary.filesFinished()), Console.count(summary.files(), "file"),
				leftOut(summary), Console.count(summary.chunks(), "chunk"), cached(summary), coverage(summary),
				problems(summary), redacted(summary), Console.duration(summary.duration()), rate(summary),
				this.peakMemory);
	}

	private static boolean isNothing(ExecutionSummary summary) {
		return summary.status().equals("COMPLETED") && summary.files() == 0;
	}

	private static String verb(String status) {
		return switch (status) {
			case "COMPLETED" -> "Completed";
			case "STOPPED" -> "Stopped";
			default -> "Failed";
		};
	}

	private static String cached(ExecutionSummary summary) {
		return (summary.cachedChunks() != null && summary.chunks() > 0)
				? " (%s from the cache)".formatted(Console.percent((double) summary.cachedChunks() / summary.chunks()))
				: "";
	}

	private static String coverage(ExecutionSummary summary) {
		return (summary.coverage() != null) ? ", coverage " + Console.percent(summary.coverage()) : "";
	}

	private static String problems(ExecutionSummary summary) {
		return (summary.problems() > 0) ? ", " + Console.count(summary.problems(), "line") + " could not be read" : "";
	}

	private static String redacted(ExecutionSummary summary) {
		int count = summary.redacted().values().stream().mapToInt(Integer::intValue).sum();
		return (count > 0) ? ", " + Console.count(count, "secret") + " redacted" : "";
	}

	private static String leftOut(ExecutionSummary summary) {
		List<String> counts = new ArrayList<>();
		if (summary.ignored() > 0) {
			counts.add(Console.number(summary.ignored()) + " ignored");
		}
		if (summary.unreadableFiles() > 0) {
			counts.add(Console.number(summary.unreadableFiles()) + " not readable");
		}
		return counts.isEmpty() ? "" : " (" + String.join(", ", counts) + ")";
	}

	/**
	 * Says how many chunks a second an execution has written; nothing of a restart, whose
	 * chunks are in part those of the execution before it.
	 */
	static String rate(ExecutionSummary summary) {
		Duration duration = summary.duration();
		return (summary.restartOf() != null || duration.isZero()) ? ""
				: Console.format(", %.1f chunks/s", summary.chunks() * MILLIS / duration.toMillis());
	}

}
