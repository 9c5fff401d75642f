package io.reflectbatch.operations;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.reflectbatch.ledger.FileDeath;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.MemorySample;
import io.reflectbatch.ledger.PlannedFileProgress;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one execution of a job.
 *
 * @param summary the execution in a line
 * @param parameters its parameters
 * @param failure what made it fail, if an exception did
 * @param steps its steps and partitions
 * @param files how far each file is
 * @param problems the lines that could not be read, the first thousand
 * @param deaths the deaths at which its files were being read
 * @param memory the memory of its process over time
 */
public record ExecutionDetails(ExecutionSummary summary, Map<String, String> parameters, @Nullable Failure failure,
		List<Step> steps, List<PlannedFileProgress> files, List<LineProblem> problems, List<FileDeath> deaths,
		List<MemorySample> memory) {

	/**
	 * What made an execution fail.
	 *
	 * @param step the step or partition that failed
	 * @param type the class of the exception
	 * @param message what it says, in one line
	 * @param trace the beginning of the stack trace: the exception and its causes, each
	 * with its first frames
	 */
	public record Failure(String step, String type, String message, List<String> trace) {

	}

	/**
	 * One step or partition.
	 *
	 * @param name its name
	 * @param status how it ended, or that it is running
	 * @param duration how long it took, or has taken so far; partitions run side by side
	 * @param commits the number of transactions
	 * @param rollbacks how many were rolled back
	 */
	public record Step(String name, String status, Duration duration, long commits, long rollbacks) {

	}

}
