package io.reflectbatch.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs cycles with a fake clock and fake imports.
 */
class CyclesTests {

	private final FakeTime time = new FakeTime();

	private final WatchState state = new WatchState(this.time);

	private final List<String> said = new ArrayList<>();

	private final List<Long> started = new ArrayList<>();

	private final Deque<Supplier<FakeImport>> imports = new ArrayDeque<>();

	private final Deque<Long> changes = new ArrayDeque<>();

	private FakeImport last = new FakeImport(this.time, Duration.ZERO, 0, 1);

	private long logs;

	private Duration end = Duration.ofMinutes(10);

	@Test
	void importsOnceAndThenOnlyLooks() throws IOException {
		run();
		assertThat(this.started).containsExactly(0L);
		assertThat(this.state.snapshot().cycles()).containsEntry(CycleResult.COMPLETED, 1L)
			.hasEntrySatisfying(CycleResult.UNCHANGED, (count) -> assertThat(count).isBetween(8L, 10L));
		assertThat(this.said).isEmpty();
	}

	@Test
	void importsSoonAfterAChange() throws IOException {
		this.changes.addAll(List.of(130L, 131L, 200L));
		run();
		assertThat(this.started).containsExactly(0L, 133L, 202L);
	}

	@Test
	void importsEveryHourThoughNothingChanges() throws IOException {
		this.end = Duration.ofHours(3).minusMinutes(5);
		run();
		assertThat(this.started).hasSize(3);
	}

	@Test
	void aFailedCycleIsLoggedAndTheNextOneStartsItAgain() throws IOException {
		this.imports.add(() -> process(1, 4));
		this.imports.add(() -> process(1, 137));
		run();
		assertThat(this.started).containsExactly(0L, 61L, 182L);
		assertThat(this.said).containsExactly(
				"Import failed, once: exit code 4, Qdrant or the database cannot be reached; next attempt in 60 s",
				"Import failed, 2 times in a row: exit code 137, it was killed, as the system does when memory runs"
						+ " out; next attempt in 120 s",
				"Imported again");
		assertThat(this.state.snapshot().consecutiveFailures()).isZero();
		assertThat(this.state.snapshot().lastSuccess()).isEqualTo(FakeTime.START.plusSeconds(182));
	}

	@Test
	void aWrongConfigurationEndsTheWatch() throws Exception {
		this.imports.add(() -> process(1, 2));
		assertThat(cycles().run()).isEqualTo(2);
		assertThat(this.started).hasSize(1);
		assertThat(this.said).hasSize(1).first().asString().contains("configuration is wrong");
	}

	@Test
	void anotherImportIsNoFailureAndSaidOnce() throws IOException {
		for (int i = 0; i < 5; i++) {
			this.imports.add(() -> process(1, 3));
		}
		run();
		assertThat(this.started).containsExactly(0L, 61L, 122L, 183L, 244L, 305L);
		assertThat(this.said)
			.containsExactly("Nothing was imported: exit code 3, another process is importing; next attempt in 60 s");
	}

	@Test
	void anImportThatCannotBeStartedIsAFailure() throws IOException {
		this.imports.add(() -> {
			throw new IllegalStateException("no memory for a process");
		});
		run();
		assertThat(this.said).first().isEqualTo("The import cannot be started: no memory for a process");
		assertThat(this.started).hasSize(2);
	}

	@Test
	void whatIsWrittenDuringAnImportIsImportedNext() throws IOException {
		this.imports.add(() -> {
			this.logs++; // after the watch has looked
			return process(30, 0);
		});
		run();
		assertThat(this.started).containsExactly(0L, 90L);
	}

	@Test
	void anInterruptStopsTheImportAtItsNextCommit() throws IOException {
		this.imports.add(() -> process(1000, 0).inWhichSomebodyInterrupts());
		run();
		assertThat(this.last.wasToldToStop()).isTrue();
		assertThat(this.last.wasKilled()).isFalse();
		assertThat(this.last.isAlive()).isFalse();
		assertThat(this.started).hasSize(1);
	}

	@Test
	void anImportThatDoesNotStopIsKilledInTheEnd() throws IOException {
		this.imports.add(() -> process(1000, 0).thatDoesNotListen().inWhichSomebodyInterrupts());
		run();
		assertThat(this.last.wasKilled()).isTrue();
		assertThat(this.time.get()).isEqualTo(RunningImport.STOP);
		assertThat(this.said).hasSize(1).first().asString().contains("has not stopped within 60 s");
	}

	@Test
	void anImportThatHangsIsReportedAndEnded() throws IOException {
		List<Health> seen = new ArrayList<>();
		this.imports.add(() -> new FakeImport(this.time, Duration.ofHours(5), 0, 0.001) {
			@Override
			public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
				seen.add(Health.of(CyclesTests.this.state.snapshot()));
				return super.waitFor(timeout, unit);
			}
		});
		this.end = Duration.ofMinutes(25);
		run();
		assertThat(seen).extracting(Health::status).startsWith(Health.Status.STARTING).contains(Health.Status.DOWN);
		assertThat(this.said).first().asString().contains("has done nothing for 20 minutes");
		assertThat(this.said).element(1).asString().contains("exit code 143, it did nothing any more");
		assertThat(this.started).hasSize(2);
	}

	@Test
	void aLongImportThatComputesIsLeftAlone() throws IOException {
		this.imports.add(() -> process(36000, 0));
		this.end = Duration.ofHours(10).plusMinutes(5);
		run();
		assertThat(this.last.wasToldToStop()).isFalse();
		assertThat(this.said).isEmpty();
	}

	private void run() {
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> cycles().run());
	}

	private Cycles cycles() {
		return new Cycles(new Schedule(Duration.ofSeconds(60)), () -> new LogsFingerprint(1, this.logs), this::await,
				this::start, this.state, this.time, (level, message) -> this.said.add(message));
	}

	private boolean await(Duration atMost) throws InterruptedException {
		if (this.time.get().compareTo(this.end) >= 0) {
			throw new InterruptedException("the end of the test");
		}
		Duration untilChange = this.changes.isEmpty() ? atMost
				: Duration.ofSeconds(this.changes.getFirst()).minus(this.time.get());
		if (this.changes.isEmpty() || untilChange.compareTo(atMost) > 0) {
			this.time.pass(atMost);
			return false;
		}
		this.time.pass(untilChange);
		this.changes.removeFirst();
		this.logs++;
		return true;
	}

	private Process start() throws IOException {
		this.started.add(this.time.get().toSeconds());
		Supplier<FakeImport> next = this.imports.isEmpty() ? () -> process(0, 0) : this.imports.removeFirst();
		try {
			this.last = next.get();
			return this.last;
		}
		catch (IllegalStateException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private FakeImport process(int seconds, int exitCode) {
		return new FakeImport(this.time, Duration.ofSeconds(seconds), exitCode, 1);
	}

}
