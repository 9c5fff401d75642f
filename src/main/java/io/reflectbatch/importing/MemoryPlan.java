package io.reflectbatch.importing;

import java.util.Locale;
import java.util.OptionalLong;

import io.reflectbatch.embedding.Precision;

/**
 * How an import fits into the memory that there is. What can be planned is the number of
 * workers: the heap is limited when the JVM starts, the caches of the database follow the
 * heap, and the index is committed before its buffer fills.
 *
 * @param limit what the control group allows, in bytes; empty if it sets no limit
 * @param precision which model is to be loaded
 * @param workers how many texts are embedded at a time
 * @see <a href="../../../../../../docs/memory.md">docs/memory.md</a> for the measurements
 */
public record MemoryPlan(OptionalLong limit, Precision precision, int workers) {

	private static final long MEBIBYTE = 1 << 20;

	/**
	 * Plans an import.
	 * @param limit what the control group allows, in bytes
	 * @param precision which model is to be loaded
	 * @param wanted the number of workers that the user wants; 0: as many as there are
	 * processors, or fewer if they do not fit
	 * @param processors the number of processors
	 */
	static MemoryPlan of(OptionalLong limit, Precision precision, int wanted, int processors) {
		if (wanted > 0 || limit.isEmpty()) {
			return new MemoryPlan(limit, precision, (wanted > 0) ? wanted : processors);
		}
		int fitting = Math.max(1, fitting(limit.getAsLong(), precision));
		return new MemoryPlan(limit, precision, Math.min(processors, fitting));
	}

	private static int fitting(long limit, Precision precision) {
		return Math.toIntExact((limit / MEBIBYTE - base(precision)) / perWorker(precision));
	}

	// Measured peaks of what the process has for itself, in MiB, rounded up.
	private static int base(Precision precision) {
		return switch (precision) {
			case INT8 -> 190;
			case FP32 -> 250;
		};
	}

	private static int perWorker(Precision precision) {
		return switch (precision) {
			case INT8 -> 20;
			case FP32 -> 25;
		};
	}

	/**
	 * Checks that the import fits.
	 * @throws NotEnoughMemoryException if it does not
	 */
	public void requireEnough() {
		if (this.limit.isPresent() && this.limit.getAsLong() / MEBIBYTE < need(this.workers)) {
			throw new NotEnoughMemoryException(describe() + remedy());
		}
	}

	private int need(int workers) {
		return base(this.precision) + workers * perWorker(this.precision);
	}

	private String remedy() {
		int fitting = fitting(this.limit.orElseThrow(), this.precision);
		if (fitting > 0) {
			return ". That is too little; it is enough for --workers " + fitting + ".";
		}
		return ". That is too little: allow at least %d MiB%s.".formatted(need(1),
				(this.precision == Precision.FP32) ? ", or use --precision int8" : "");
	}

	/**
	 * The number of threads that read, embed and write. One more than there are workers:
	 * it computes while another waits for the store. A single worker does one thing after
	 * the other, in the least memory.
	 */
	int threads() {
		return (this.workers > 1) ? this.workers + 1 : 1;
	}

	/**
	 * Says in a few words what there is and what is needed.
	 */
	public String describe() {
		String allowed = this.limit.isPresent() ? "limit " + this.limit.getAsLong() / MEBIBYTE + " MiB" : "no limit";
		return "Memory: %s, %s with %d %s needs about %d MiB".formatted(allowed,
				this.precision.name().toLowerCase(Locale.ROOT), this.workers,
				(this.workers == 1) ? "worker" : "workers", need(this.workers));
	}

}
