package io.reflectbatch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Collects how a run ends, for the last line of its log: whoever looks at nothing but
 * that gets to know the exit code, the execution and the reason.
 */
final class RunEnd {

	private final List<String> words = new ArrayList<>();

	private @Nullable Long execution;

	private boolean awaited;

	/**
	 * Takes note that a run begins, whose end is to be reported.
	 */
	void await() {
		this.awaited = true;
	}

	boolean isAwaited() {
		return this.awaited;
	}

	/**
	 * Takes note of the last execution.
	 * @param id its id
	 * @param summary what it has done
	 */
	void execution(long id, String summary) {
		this.execution = id;
		this.words.add(summary);
	}

	/**
	 * Takes note of a failure.
	 * @param message what an operator gets to read; the first line is enough
	 */
	void failure(String message) {
		List<String> lines = message.lines().toList();
		this.words.add((lines.size() > 1) ? "%s (and %d more lines above)".formatted(lines.getFirst(), lines.size() - 1)
				: message);
	}

	/**
	 * Returns the line.
	 * @param exitCode the exit code of the process
	 */
	Line line(int exitCode) {
		String what = this.words.isEmpty() ? "it has done what it was asked for" : String.join(". ", this.words);
		return new Line(exitCode, this.execution, what);
	}

	/**
	 * The last line.
	 *
	 * @param exitCode the exit code of the process
	 * @param execution the id of the last execution, if there was one
	 * @param words what happened
	 */
	record Line(int exitCode, @Nullable Long execution, String words) {

		/**
		 * Whether nobody has to do anything.
		 */
		boolean isGood() {
			return this.exitCode == ExitCode.COMPLETED.value() || this.exitCode == ExitCode.STOPPED.value();
		}

		@Override
		public String toString() {
			String code = String.format(Locale.ROOT, "exit code %d", this.exitCode);
			return ((this.execution != null) ? code + ", execution " + this.execution : code) + ": " + this.words;
		}

	}

}
