package io.reflectbatch.importing;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.MemorySample;

import org.springframework.stereotype.Component;

/**
 * Stores the memory of the process with the commits, at most once a second, so that the
 * minutes before a kill can be read afterwards. Thread-safe.
 */
@Component
class MemorySampler {

	private static final long PAUSE = Duration.ofSeconds(1).toNanos();

	private final ExecutionLog executions;

	private final HeapGrowth heap;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	MemorySampler(ExecutionLog executions, HeapGrowth heap) {
		this.executions = executions;
		this.heap = heap;
	}

	/**
	 * Stores a sample in the current transaction if it is time to, and looks after the
	 * heap.
	 * @param jobExecution the execution
	 */
	void sampleIfDue(long jobExecution) {
		long due = this.next.get();
		long now = System.nanoTime();
		if (now - due >= 0 && this.next.compareAndSet(due, now + PAUSE)) {
			this.heap.collectIfGrown();
			ProcessMemory.resident().ifPresent((resident) -> sample(jobExecution, resident));
		}
	}

	private void sample(long jobExecution, long resident) {
		OptionalLong cgroup = ProcessMemory.cgroup();
		this.executions.sample(jobExecution,
				new MemorySample(Instant.now(), resident, cgroup.isPresent() ? cgroup.getAsLong() : null));
	}

}
