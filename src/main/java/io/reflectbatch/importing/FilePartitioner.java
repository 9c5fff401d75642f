package io.reflectbatch.importing;

import java.util.HashMap;
import java.util.Map;

import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Deals the planned files to a bounded number of partitions, whatever the number of
 * files: the cost of a partition is fixed, and the splitter is slow beyond some hundred.
 * A partition knows only its number; its files are in the work list. Called once a job
 * instance: a restart goes on with the partitions it finds.
 */
class FilePartitioner implements Partitioner {

	static final String PARTITION = "partition";

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
			ExecutionContext context = new ExecutionContext();
			context.putInt(PARTITION, partition);
			contexts.put("partition" + partition, context);
		}
		return contexts;
	}

}
