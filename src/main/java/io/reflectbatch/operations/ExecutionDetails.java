package io.reflectbatch.operations;

import java.util.List;
import java.util.Map;

import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.MemorySample;
import io.reflectbatch.ledger.PlannedFileProgress;

/**
 * Everything about one execution of a job.
 *
 * @param summary the execution in a line
 * @param parameters its parameters
 * @param steps its steps and partitions
 * @param files how far each file is
 * @param problems the lines that could not be read, the first thousand
 * @param memory the memory of its process over time
 */
public record ExecutionDetails(ExecutionSummary summary, Map<String, String> parameters, List<Step> steps,
		List<PlannedFileProgress> files, List<LineProblem> problems, List<MemorySample> memory) {

	/**
	 * One step or partition.
	 *
	 * @param name its name
	 * @param status how it ended, or that it is running
	 * @param commits the number of transactions
	 * @param rollbacks how many were rolled back
	 */
	public record Step(String name, String status, long commits, long rollbacks) {

	}

}
