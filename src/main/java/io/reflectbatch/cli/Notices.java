package io.reflectbatch.cli;

import java.io.PrintWriter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command says on standard error besides its answer: as it is for people, as log
 * messages where programs read them.
 */
final class Notices {

	private static final String NAME = "reflect: ";

	private final PrintWriter err;

	Notices(PrintWriter err) {
		this.err = err;
	}

	/**
	 * Says how things are.
	 * @param line one line
	 */
	void say(String line) {
		if (LogFormat.isForPrograms()) {
			Log.logger.info(line);
		}
		else {
			print(line);
		}
	}

	/**
	 * Says that something is wrong.
	 * @param message one line or a few
	 */
	void complain(String message) {
		if (LogFormat.isForPrograms()) {
			Log.logger.error(message);
		}
		else {
			message.lines().forEach((line) -> print(NAME + line));
		}
	}

	/**
	 * Shows where a failure comes from.
	 * @param failure the failure
	 */
	void trace(Throwable failure) {
		if (LogFormat.isForPrograms()) {
			Log.logger.error("Stack trace", failure);
		}
		else {
			failure.printStackTrace(this.err);
			this.err.flush();
		}
	}

	/**
	 * Says how a run has ended.
	 * @param end the end
	 */
	void conclude(RunEnd.Line end) {
		if (LogFormat.isForPrograms()) {
			(end.isGood() ? Log.logger.atInfo() : Log.logger.atError()).addKeyValue("exit_code", end.exitCode())
				.addKeyValue("execution", (end.execution() != null) ? end.execution().toString() : null)
				.log(end.toString());
		}
		else if (!Terminal.isPresent()) {
			// On a terminal somebody has just read the same.
			print(NAME + end);
		}
	}

	private void print(String line) {
		this.err.println(line);
		this.err.flush();
	}

	/**
	 * Logging starts when it is needed.
	 */
	private static final class Log {

		private static final Logger logger = LoggerFactory.getLogger("io.reflectbatch.cli");

	}

}
