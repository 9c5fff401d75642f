package io.reflectbatch.importing;

import java.util.OptionalLong;

import io.reflectbatch.embedding.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryPlanTests {

	private static final long MEBIBYTE = 1 << 20;

	@Test
	void withoutALimitEveryProcessorGetsAWorker() {
		MemoryPlan plan = MemoryPlan.of(OptionalLong.empty(), 0, MemoryPlan.Need.of(Precision.INT8), 0, 64);
		assertThat(plan.workers()).isEqualTo(64);
		assertThatCode(plan::requireEnough).doesNotThrowAnyException();
		assertThat(plan.describe()).startsWith("Memory: no limit, int8 with 64 workers needs about ");
	}

	@ParameterizedTest
	@CsvSource({ "384, INT8, 2, 2", "512, FP32, 2, 2", "256, INT8, 2, 2", "384, INT8, 64, 8", "320, FP32, 64, 2" })
	void takesAsManyWorkersAsThereAreProcessorsAndFit(int limit, Precision precision, int processors, int workers) {
		MemoryPlan plan = plan(limit, precision, 0, processors);
		assertThat(plan.workers()).isEqualTo(workers);
		assertThatCode(plan::requireEnough).doesNotThrowAnyException();
		assertThat(plan.describe()).contains("limit %d MiB".formatted(limit), String.valueOf(workers));
	}

	@Test
	void refusesToStartWhereNotEvenOneWorkerFits() {
		MemoryPlan plan = plan(180, Precision.INT8, 0, 2);
		assertThatExceptionOfType(NotEnoughMemoryException.class).isThrownBy(plan::requireEnough)
			.withMessageContaining("limit 180 MiB, int8 with 1 worker needs about ")
			.withMessageMatching(".*allow at least \\d+ MiB\\.");
	}

	@Test
	void remindsOfTheSmallerModel() {
		MemoryPlan plan = plan(250, Precision.FP32, 0, 2);
		assertThatExceptionOfType(NotEnoughMemoryException.class).isThrownBy(plan::requireEnough)
			.withMessageContaining("--precision int8");
	}

	@Test
	void saysHowManyWorkersAreEnoughForTheLimit() {
		MemoryPlan plan = plan(256, Precision.INT8, 16, 2);
		assertThatExceptionOfType(NotEnoughMemoryException.class).isThrownBy(plan::requireEnough)
			.withMessageContaining("int8 with 16 workers needs about ")
			.withMessageContaining("--workers 2");
	}

	@Test
	void leavesTheWatchWhatItHas() {
		MemoryPlan plan = withWatch(384);
		assertThat(plan.workers()).as("8 without a watch").isEqualTo(6);
		assertThatCode(plan::requireEnough).doesNotThrowAnyException();
		assertThat(plan.describe()).startsWith("Memory: limit 384 MiB with 38 MiB for the watch, int8 with 6 workers");
	}

	@Test
	void asksForEnoughForTheWatchToo() {
		assertThatCode(withWatch(273)::requireEnough).doesNotThrowAnyException();
		assertThatExceptionOfType(NotEnoughMemoryException.class).isThrownBy(withWatch(272)::requireEnough)
			.withMessageEndingWith("allow at least 273 MiB.");
	}

	private static MemoryPlan withWatch(int limit) {
		return MemoryPlan.of(OptionalLong.of(limit * MEBIBYTE), 37 * MEBIBYTE + 1, MemoryPlan.Need.of(Precision.INT8),
				0, 64);
	}

	private static MemoryPlan plan(int limit, Precision precision, int workers, int processors) {
		return MemoryPlan.of(OptionalLong.of(limit * MEBIBYTE), 0, MemoryPlan.Need.of(precision), workers, processors);
	}

}
