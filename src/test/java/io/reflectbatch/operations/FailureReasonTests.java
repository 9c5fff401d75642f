package io.reflectbatch.operations;

import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReason}.
 */
class FailureReasonTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					java.io.IOException: Disk full⏎⇥at a.B.c(B.java:1)                                          | Disk full
					java.lang.NullPointerException⏎⇥at a.B.c(B.java:1)                                          | java.lang.NullPointerException
					a.AException: outer⏎⇥at a.B.c(B.java:1)⏎Caused by: b.BError: inner⏎⇥at a.B.c(B.java:1)⏎⇥... 3 more | inner
					io.reflectbatch.store.StoreUnavailableException: Start Qdrant⏎⇥at a.B.c(B.java:1)⏎Caused by: io.grpc.StatusRuntimeException: UNAVAILABLE⏎⇥at a.B.c(B.java:1) | Start Qdrant
					a.AException: of two⏎lines⏎⇥at a.B.c(B.java:1)                                              | of two lines
					a.AException: cut⏎⇥at a.B.c(B.ja                                                            | cut
					org.springframework.batch.core.job.JobInterruptedException⏎⇥at a.B.c(B.java:1)              | stopped on request
					org.springframework.batch.core.job.JobInterruptedException: Step interrupted⏎⇥at a.B.c(B.java:1) | stopped on request
					Stopped by a signal                                                                         | Stopped by a signal
					JobExecution recovered                                                                      | JobExecution recovered
					""")
	void saysInOneLineWhatHappened(String description, String reason) {
		assertThat(FailureReason.of(description.replace('⏎', '\n').replace('⇥', '\t'))).isEqualTo(reason);
	}

	@Test
	void showsAnExceptionAndItsCausesWithTheirFirstFrames() {
		String frames = "\tat a.B.c(B.java:1)\n".repeat(9);
		assertThat(FailureReason.failure("plan",
				"a.AException: outer\n" + frames + "Caused by: b.BError: inner\n" + frames))
			.hasValueSatisfying((failure) -> {
				assertThat(failure.step()).isEqualTo("plan");
				assertThat(failure.type()).isEqualTo("b.BError");
				assertThat(failure.message()).isEqualTo("inner");
				assertThat(failure.trace()).hasSize(8)
					.startsWith("a.AException: outer", "  at a.B.c(B.java:1)")
					.contains("Caused by: b.BError: inner", Index.atIndex(4));
			});
		assertThat(FailureReason.failure("plan", "JobExecution recovered")).isEmpty();
		assertThat(FailureReason.failure("plan", "")).isEmpty();
	}

	@Test
	void hasNothingToSayWithoutDescription() {
		assertThat(FailureReason.of("")).isNull();
		assertThat(FailureReason.of(" \n")).isNull();
	}

}
