package io.reflectbatch.importing;

import org.springframework.stereotype.Component;

/**
 * Has garbage collected before the heap has grown to its limit. The Serial collector does
 * not look into the old generation before that, however little of it lives: an import of
 * many files ended with 93 MB of which 30 lived. What is collected here is what was
 * promoted since; that takes a tenth of a second, every ten or twenty. Thread-safe.
 */
@Component
class HeapGrowth {

	private static final long TOLERATED_BYTES = 12L * 1024 * 1024;

	private long lowest = Long.MAX_VALUE;

	/**
	 * Collects if more has come to the heap than is tolerated, since it was lowest.
	 * @return whether it did
	 */
	synchronized boolean collectIfGrown() {
		long used = used();
		this.lowest = Math.min(this.lowest, used);
		if (used - this.lowest <= TOLERATED_BYTES) {
			return false;
		}
		System.gc();
		this.lowest = used();
		return true;
	}

	private static long used() {
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
