package io.reflectbatch.importing;

import java.util.Locale;
import java.util.OptionalLong;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.embedding.Precision;

/**
 * How an import fits into the memory that there is. What can be planned is the number of
 * workers: the heap is limited when the JVM starts, the caches of the database follow the
 * heap, and the index is committed before its buffer fills.
 *
 * @param limit what the control group allows, in bytes; empty if it sets no limit
 * @param watch what of that the watch has that has started this process, in bytes
 * @param need what the model to be loaded needs
 * @param workers how many texts are embedded at a time
 * @see <a href="../../../../../../docs/memory.md">docs/memory.md</a> for the measurements
 */
public record MemoryPlan(OptionalLong limit, long watch, Need need, int workers) {

	/**
	 * The system property in which a watch tells what it has for itself, in bytes.
	 */
	public static final String WATCH = "reflect.watched.memory";

	private static final long MEBIBYTE = 1 << 20;

	/**
	 * Plans an import.
	 * @param limit what the control group allows, in bytes
	 * @param watch what of that the watch has, in bytes; 0 if there is none
	 * @param need what the model to be loaded needs
	 * @param wanted the number of workers that the user wants; 0: as many as there are
	 * processors, or fewer if they do not fit
	 * @param processors the number of processors
	 */
	static MemoryPlan of(OptionalLong limit, long watch, Need need, int wanted, int processors) {
		if (wanted > 0 || limit.isEmpty()) {
			return new MemoryPlan(limit, watch, need, (wanted > 0) ? wanted : processors);
		}
		int fitting = Math.max(1, need.workersIn(limit.getAsLong() - watch));
		return new MemoryPlan(limit, watch, need, Math.min(processors, fitting));
	}

	/**
	 * Checks that the import fits.
	 * @throws NotEnoughMemoryException if it does not
	 */
	public void requireEnough() {
		if (this.limit.isPresent() && (this.limit.getAsLong() - this.watch) / MEBIBYTE < this.need.of(this.workers)) {
			throw new NotEnoughMemoryException(describe() + remedy());
		}
	}

	private String remedy() {
		int fitting = this.need.workersIn(this.limit.orElseThrow() - this.watch);
		if (fitting > 0) {
			return ". That is too little; it is enough for --workers " + fitting + ".";
		}
		return ". That is too little: allow at least %d MiB%s.".formatted(this.need.of(1) + mebibytes(this.watch),
				this.need.isReducible() ? ", or use --precision int8" : "");
	}

	/**
	 * The number of threads that read and write. One more than there are workers: there
	 * is something to embed while others wait for the store. For a single worker one
	 * thing comes after the other, in the least memory.
	 */
	int threads() {
		return (this.workers > 1) ? this.workers + 1 : 1;
	}

	/**
	 * Says in a few words what there is and what is needed.
	 */
	public String describe() {
		return "Memory: %s, %s with %d %s needs about %d MiB".formatted(allowed(), this.need.model(), this.workers,
				(this.workers == 1) ? "worker" : "workers", this.need.of(this.workers));
	}

	private String allowed() {
		if (this.limit.isEmpty()) {
			return "no limit";
		}
		String allowed = "limit " + this.limit.getAsLong() / MEBIBYTE + " MiB";
		return (this.watch > 0) ? allowed + " with " + mebibytes(this.watch) + " MiB for the watch" : allowed;
	}

	private static long mebibytes(long bytes) {
		return Math.ceilDiv(bytes, MEBIBYTE);
	}

	/**
	 * What a model needs: measured peaks of what the process has for itself, rounded up.
	 *
	 * @param model what to call it
	 * @param base for the application and the model, in MiB
	 * @param perWorker for each text that is embedded at a time, in MiB
	 */
	public record Need(String model, int base, int perWorker) {

		/**
		 * The application without its model.
		 */
		private static final int APPLICATION = 165;

		/**
		 * Returns what the model that comes with the application needs.
		 * @param precision its arithmetic
		 */
		public static Need of(Precision precision) {
			String model = precision.name().toLowerCase(Locale.ROOT);
			return switch (precision) {
				case INT8 -> new Need(model, 215, 20);
				case FP32 -> new Need(model, 250, 25);
			};
		}

		/**
		 * Returns what the configured model needs. ONNX Runtime has the file in memory
		 * while it makes its own of it.
		 */
		static Need of(Precision precision, EmbeddingModel model) {
			return (model.size() == 0) ? of(precision)
					: new Need(model.name(), Math.toIntExact(APPLICATION + 2 * model.size() / MEBIBYTE), 40);
		}

		int of(int workers) {
			return this.base + workers * this.perWorker;
		}

		int workersIn(long limit) {
			return Math.toIntExact((limit / MEBIBYTE - this.base) / this.perWorker);
		}

		boolean isReducible() {
			return this.model.equals("fp32");
		}

	}

}
