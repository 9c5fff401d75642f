package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;

/**
 * Finds, in what the repository keeps of a failure, the words that tell what happened.
 */
final class FailureReason {

	private static final String OURS = "io.reflectbatch.";

	private static final String STOPPED = "stopped on request";

	private static final String CAUSED_BY = "Caused by: ";

	private static final String FRAME = "\tat ";

	/** How many frames of each exception are shown. */
	private static final int FRAMES = 3;

	private static final int LINES = 20;

	private static final Pattern TYPE = Pattern.compile("[\\w.$]+\\.[\\w$]*(?:Exception|Error)(?:: |$)");

	private FailureReason() {
	}

	/**
	 * Returns why an execution failed or stopped, in one line.
	 * @param execution the execution
	 * @return the reason; null if there is none
	 */
	static @Nullable String of(JobExecution execution) {
		if (execution.getStatus() == BatchStatus.STOPPED) {
			return STOPPED;
		}
		String reason = killed(execution).or(() -> failed(execution).map(FailureReason::of))
			.orElseGet(() -> of(execution.getExitStatus().getExitDescription()));
		return (execution.getStatus() == BatchStatus.ABANDONED)
				? "given up for an import with other settings" + ((reason != null) ? "; " + reason : "") : reason;
	}

	// What its steps say of it is what they were told when it was recovered.
	private static Optional<String> killed(JobExecution execution) {
		return execution.getExitStatus()
			.getExitDescription()
			.lines()
			.flatMap((line) -> Stream.of(line.split("; ", -1)))
			.filter((part) -> part.startsWith("killed: "))
			.findFirst();
	}

	private static Optional<String> failed(JobExecution execution) {
		return failedStep(execution).map((step) -> step.getExitStatus().getExitDescription());
	}

	private static Optional<StepExecution> failedStep(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStatus().isUnsuccessful() && !step.getExitStatus().getExitDescription().isBlank())
			// The step of a partition knows more than the one that waits for it.
			.max(Comparator.comparingLong(StepExecution::getId));
	}

	/**
	 * Returns the exception that made an execution fail.
	 * @param execution the execution
	 * @return what it is; empty if there was none
	 */
	static Optional<ExecutionDetails.Failure> failure(JobExecution execution) {
		return failedStep(execution)
			.flatMap((step) -> failure(step.getStepName(), step.getExitStatus().getExitDescription()));
	}

	static Optional<ExecutionDetails.Failure> failure(String step, String stackTrace) {
		String message = of(stackTrace);
		if (message == null || !stackTrace.contains(FRAME)) {
			return Optional.empty();
		}
		return Optional
			.of(new ExecutionDetails.Failure(step, type(telling(causes(stackTrace))), message, beginning(stackTrace)));
	}

	private static String type(String cause) {
		Matcher type = TYPE.matcher(cause);
		return type.lookingAt() ? type.group().replaceFirst(": $", "") : cause;
	}

	private static List<String> beginning(String stackTrace) {
		List<String> beginning = new ArrayList<>();
		int frames = 0;
		for (String line : stackTrace.lines().toList()) {
			boolean frame = line.startsWith("\t");
			frames = frame ? frames + 1 : 0;
			if (frames <= FRAMES && !line.isBlank() && beginning.size() < LINES) {
				beginning.add(frame ? "  " + line.strip() : line.strip());
			}
		}
		return beginning;
	}

	/**
	 * Returns what a stack trace says: our own message, which has the remedy, or else
	 * that of the last cause in it.
	 * @param stackTrace the stack trace, which may have been cut off
	 */
	static @Nullable String of(String stackTrace) {
		List<String> causes = causes(stackTrace);
		return causes.isEmpty() ? null : inWords(telling(causes));
	}

	private static String telling(List<String> causes) {
		return causes.stream().filter((cause) -> cause.startsWith(OURS)).findFirst().orElseGet(causes::getLast);
	}

	private static List<String> causes(String stackTrace) {
		List<String> causes = new ArrayList<>();
		boolean message = true;
		for (String line : stackTrace.lines().toList()) {
			boolean cause = line.startsWith(CAUSED_BY);
			message = (message && !line.startsWith(FRAME)) || cause;
			if (cause || (message && causes.isEmpty() && !line.isBlank())) {
				causes.add(cause ? line.substring(CAUSED_BY.length()) : line);
			}
			else if (message && !line.isBlank()) {
				causes.add(causes.removeLast() + " " + line.strip());
			}
		}
		return causes;
	}

	private static String inWords(String cause) {
		// What the framework says of a stop, and all that it says.
		return cause.startsWith(JobInterruptedException.class.getName()) ? STOPPED : withoutType(cause);
	}

	private static String withoutType(String cause) {
		Matcher type = TYPE.matcher(cause);
		return (type.lookingAt() && type.end() < cause.length()) ? cause.substring(type.end()) : cause;
	}

}
