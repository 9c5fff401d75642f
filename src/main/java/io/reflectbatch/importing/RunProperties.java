package io.reflectbatch.importing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an import runs.
 *
 * @param commitInterval the number of chunks that are written and committed together
 * @param workers the number of threads that embed; 0: one a processor
 * @param reimport whether files that have not changed are imported again, from their
 * beginning
 */
public record RunProperties(@DefaultValue("10") @Min(1) @Max(1000) int commitInterval,
		@DefaultValue("0") @Min(0) @Max(256) int workers, @DefaultValue("false") boolean reimport) {

	private static final int PARTITIONS_PER_WORKER = 4;

	/**
	 * Returns the number of threads that embed.
	 */
	int threads() {
		return (this.workers > 0) ? this.workers : Runtime.getRuntime().availableProcessors();
	}

	/**
	 * Returns the number of partitions: a few a worker, so that none is idle at the end
	 * while another still has a lot to do.
	 */
	int partitions() {
		return threads() * PARTITIONS_PER_WORKER;
	}

}
