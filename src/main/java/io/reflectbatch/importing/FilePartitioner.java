package io.reflectbatch.importing;

import java.util.HashMap;
import java.util.Map;

import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Deals the planned files to a bounded number of partitions, whatever the number of
 * files: the cost of a partition is fixed, and the splitter is slow beyond some hundred.
 * A partition knows only its number; its files are in the work list. Called again at a
 * restart, with the same result: what it deals by was fixed when the files were planned.
 */
class FilePartitioner implements Partitioner {

	private static final String PARTITION = "partition";

	private final WorkList workList;

	private final long jobInstance;

	FilePartitioner(WorkList workList, long jobInstance) {
		this.workList = workList;
		this.jobInstance = jobInstance;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		int partitions = Math.min(gridSize, this.workList.totals(this.jobInstance).files());
		this.workList.deal(this.jobInstance, partitions);
		Map<String, ExecutionContext> contexts = new HashMap<>();
		for (int partition = 0; partition < partitions; partition++) {
			contexts.put(PARTITION + partition, new ExecutionContext());
		}
		return contexts;
	}

	/**
	 * Returns the number of a partition. It is in the name of its step, not in its
	 * execution context: a kill between the two transactions in which Spring Batch saves
	 * them leaves a step with an empty context behind.
	 * @param stepName such as {@code files:partition3}
	 */
	static int partitionOf(String stepName) {
		return Integer.parseInt(stepName.substring(stepName.lastIndexOf(PARTITION) + PARTITION.length()));
	}

}
