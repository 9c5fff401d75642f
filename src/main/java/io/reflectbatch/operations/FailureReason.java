package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/**
 * Finds, in what the repository keeps of a failure, the words that tell what happened.
 */
final class FailureReason {

	private static final String OURS = "io.reflectbatch.";

	private static final String CAUSED_BY = "Caused by: ";

	private static final String FRAME = "\tat ";

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
			return "stopped on request";
		}
		return execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStatus().isUnsuccessful())
			// The step of a partition knows more than the one that waits for it.
			.sorted(Comparator.comparingLong(StepExecution::getId).reversed())
			.map((step) -> step.getExitStatus().getExitDescription())
			.filter((description) -> !description.isBlank())
			.findFirst()
			.map(FailureReason::of)
			.orElseGet(() -> of(execution.getExitStatus().getExitDescription()));
	}

	/**
	 * Returns what a stack trace says: our own message, which has the remedy, or else
	 * that of the last cause in it.
	 * @param stackTrace the stack trace, which may have been cut off
	 */
	static @Nullable String of(String stackTrace) {
		List<String> causes = causes(stackTrace);
		return causes.stream()
			.filter((cause) -> cause.startsWith(OURS))
			.findFirst()
			.or(() -> causes.isEmpty() ? Optional.empty() : Optional.of(causes.getLast()))
			.map(FailureReason::withoutType)
			.orElse(null);
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

	private static String withoutType(String cause) {
		Matcher type = TYPE.matcher(cause);
		return (type.lookingAt() && type.end() < cause.length()) ? cause.substring(type.end()) : cause;
	}

}
