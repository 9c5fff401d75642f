package io.reflectbatch.watch;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	private static final LogsFingerprint LOGS = new LogsFingerprint(3, 4711);

	private static final LogsFingerprint OTHER = new LogsFingerprint(3, 4712);

	private final Schedule schedule = new Schedule(seconds(60));

	@Test
	void beginsAtTheIntervalAfterTheLastCycle() {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(100), seconds(130));
		assertThat(this.schedule.untilDue(seconds(140))).isEqualTo(seconds(50));
		assertThat(this.schedule.untilDue(seconds(190))).isZero();
		assertThat(this.schedule.untilDue(seconds(195))).isNegative();
	}

	@Test
	void beginsWhenTheLogsAreQuietAfterAChange() {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(100), seconds(100));
		this.schedule.changed(seconds(110));
		assertThat(this.schedule.untilDue(seconds(110))).isEqualTo(seconds(2));
		this.schedule.changed(seconds(111));
		assertThat(this.schedule.untilDue(seconds(112))).isEqualTo(seconds(1));
	}

	@Test
	void logsThatAreNeverQuietAreImportedAtTheInterval() {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(100), seconds(100));
		for (int second = 101; second < 160; second++) {
			this.schedule.changed(seconds(second));
			assertThat(this.schedule.untilDue(seconds(second))).isPositive();
		}
		this.schedule.changed(seconds(160));
		assertThat(this.schedule.untilDue(seconds(160))).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, 2", "1, 4", "5, 20", "600, 60" })
	void restsFourTimesAsLongAsTheLastCycleTookButNoLongerThanTheInterval(int took, int rest) {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(0), seconds(took));
		this.schedule.changed(seconds(took));
		assertThat(this.schedule.untilDue(seconds(took))).isEqualTo(seconds(rest));
	}

	@Test
	void aChangeCountsForOneCycle() {
		this.schedule.changed(seconds(90));
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(100), seconds(100));
		assertThat(this.schedule.untilDue(seconds(110))).isEqualTo(seconds(50));
	}

	@Test
	void waitsTwiceAsLongAfterEachFailureUpToAQuarterOfAnHour() {
		for (int expected : new int[] { 60, 120, 240, 480, 900, 900 }) {
			this.schedule.ended(LOGS, CycleResult.UNAVAILABLE, seconds(0), seconds(10));
			assertThat(this.schedule.untilDue(seconds(10))).isEqualTo(seconds(expected));
		}
		assertThat(this.schedule.failures()).isEqualTo(6);
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(0), seconds(10));
		assertThat(this.schedule.untilDue(seconds(10))).isEqualTo(seconds(60));
		assertThat(this.schedule.failures()).isZero();
	}

	@Test
	void aLongIntervalIsNotShortenedByFailures() {
		Schedule daily = new Schedule(Duration.ofDays(1));
		for (int failure = 0; failure < 100; failure++) {
			daily.ended(LOGS, CycleResult.FAILED, seconds(0), seconds(10));
		}
		assertThat(daily.untilDue(seconds(10))).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void aChangeDoesNotCutTheTimeAfterAFailure() {
		this.schedule.ended(LOGS, CycleResult.FAILED, seconds(0), seconds(10));
		this.schedule.changed(seconds(11));
		assertThat(this.schedule.untilDue(seconds(20))).isEqualTo(seconds(50));
	}

	@Test
	void importsAtFirstAndThenWhenTheLogsLookDifferent() {
		assertThat(this.schedule.mustImport(LOGS, seconds(0))).isTrue();
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(0), seconds(1));
		assertThat(this.schedule.mustImport(LOGS, seconds(61))).isFalse();
		assertThat(this.schedule.mustImport(OTHER, seconds(61))).isTrue();
	}

	@Test
	void importsNowAndThenAlthoughNothingSeemsToHaveChanged() {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(0), seconds(1));
		for (int second = 61; second < 3600; second += 60) {
			assertThat(this.schedule.mustImport(LOGS, seconds(second))).isFalse();
			this.schedule.ended(LOGS, CycleResult.UNCHANGED, seconds(second), seconds(second));
		}
		assertThat(this.schedule.mustImport(LOGS, seconds(3601))).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "HELD", "STOPPED", "UNAVAILABLE", "KILLED", "HUNG", "FAILED" })
	void importsAgainWhenAnImportDidNotComplete(CycleResult result) {
		this.schedule.ended(LOGS, CycleResult.COMPLETED, seconds(0), seconds(1));
		this.schedule.ended(LOGS, result, seconds(61), seconds(62));
		assertThat(this.schedule.mustImport(LOGS, seconds(122))).isTrue();
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

}
