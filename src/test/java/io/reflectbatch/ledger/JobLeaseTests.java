package io.reflectbatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link JobLease}.
 */
@ParameterizedClass
@EnumSource
class JobLeaseTests {

	private static final String JOB = "import";

	private final Ledger ledger;

	private final JobLease lease;

	private final TestDatabase database;

	JobLeaseTests(TestDatabase database) {
		this.database = database;
		this.ledger = new Ledger(database);
		this.lease = this.ledger.lease;
	}

	@Test
	void isHeldFromAcquireToRelease() {
		assertThat(this.lease.isHeld(JOB)).isFalse();
		long number = this.lease.acquire(JOB);
		assertThat(this.lease.isHeld(JOB)).isTrue();
		assertThat(this.lease.isHeld("another")).isFalse();
		this.lease.confirm(JOB, number);
		this.lease.release(JOB, number);
		assertThat(this.lease.isHeld(JOB)).isFalse();
		assertThat(this.lease.acquire(JOB)).isGreaterThan(number);
	}

	@Test
	void namesTheProcessThatHoldsIt() {
		this.lease.acquire(JOB);
		Instant since = Instant.now();
		assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(() -> this.lease.acquire(JOB))
			.withMessageContainingAll("'import'", "process " + ProcessHandle.current().pid(),
					"on " + LeaseOwner.self().host(), since.toString().substring(0, 16), "last heartbeat");
	}

	@Test
	void respectsAProcessOnAnotherHostUntilItsHeartbeatIsTooOld() {
		long number = this.lease.acquire(JOB);
		owner(new LeaseOwner("another-pod", "its space", 1, "1"));
		assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(() -> this.lease.acquire(JOB))
			.withMessageContaining("process 1 on another-pod");
		expire();
		assertThat(this.lease.acquire(JOB)).isGreaterThan(number);
	}

	// A suspended process is not gone for a server: it keeps what it has locked.
	@Test
	@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void doesNotWaitForRowsThatASleepingProcessHasLocked() throws SQLException {
		assumeThat(this.database).as("a server").isEqualTo(TestDatabase.POSTGRESQL);
		this.lease.acquire(JOB);
		owner(new LeaseOwner("another-pod", "its space", 1, "1"));
		expire();
		try (Connection sleeping = this.ledger.dataSource.getConnection();
				Statement statement = sleeping.createStatement()) {
			sleeping.setAutoCommit(false);
			statement.executeUpdate("update job_lease set stop_requested = true");
			assertThatNoException().isThrownBy(() -> this.lease.acquire(JOB));
			assertThatExceptionOfType(SQLException.class).isThrownBy(sleeping::commit);
			sleeping.abort(Runnable::run);
		}
		assertThat(this.lease.isHeld(JOB)).isTrue();
	}

	@Test
	void aProcessThatWasTakenForDeadCommitsNothingMore() {
		long zombie = this.lease.acquire(JOB);
		expire();
		long successor = this.lease.acquire(JOB);
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> this.lease.confirm(JOB, zombie))
			.withMessageContaining("fencing number " + zombie);
		this.lease.release(JOB, zombie);
		assertThatNoException().isThrownBy(() -> this.lease.confirm(JOB, successor));
	}

	@Test
	void aReleasedLeaseCannotBeConfirmed() {
		long number = this.lease.acquire(JOB);
		this.lease.release(JOB, number);
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> this.lease.confirm(JOB, number));
	}

	@Test
	void takesOverAtOnceFromAProcessOfThisHostThatHasEnded() throws Exception {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "--version")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		long number = this.lease.acquire(JOB);
		LeaseOwner self = LeaseOwner.self();
		owner(new LeaseOwner(self.host(), self.pidSpace(), process.pid(), self.processStart()));
		assertThat(this.lease.acquire(JOB)).isGreaterThan(number);
	}

	@Test
	void takesOverFromAProcessWhoseIdAnotherOneHasNow() {
		long number = this.lease.acquire(JOB);
		LeaseOwner self = LeaseOwner.self();
		owner(new LeaseOwner(self.host(), self.pidSpace(), self.pid(), "1"));
		assertThat(this.lease.acquire(JOB)).isGreaterThan(number);
	}

	// Only the database's clock counts. It may be set as well.
	@Test
	void takesOverFromADeadProcessOfThisHostThoughTheClockWasSetBack() {
		long number = this.lease.acquire(JOB);
		LeaseOwner self = LeaseOwner.self();
		owner(new LeaseOwner(self.host(), self.pidSpace(), self.pid(), "1"));
		this.ledger.jdbc.sql("update job_lease set heartbeat_at = current_timestamp + interval '600' second").update();
		assertThat(this.lease.acquire(JOB)).isGreaterThan(number);
	}

	@Test
	void aLivingProcessKeepsItsLeaseWithItsNextHeartbeatWhenTheClockWasSetForward() {
		long number = this.lease.acquire(JOB);
		expire();
		this.lease.confirm(JOB, number);
		assertThat(this.lease.isHeld(JOB)).isTrue();
	}

	// Pods in the network of their node have its name, and each of them is process 1.
	@Test
	void respectsAProcessOfAnotherContainerWithThisHostName() {
		this.lease.acquire(JOB);
		LeaseOwner self = LeaseOwner.self();
		owner(new LeaseOwner(self.host(), "another space", self.pid(), "1"));
		assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(() -> this.lease.acquire(JOB));
		expire();
		assertThatNoException().isThrownBy(() -> this.lease.acquire(JOB));
	}

	@Test
	void aLongTransactionDoesNotSetTheHeartbeatBack() {
		long number = this.lease.acquire(JOB);
		this.ledger.jdbc.sql("update job_lease set heartbeat_at = current_timestamp + interval '20' second").update();
		String heartbeat = heartbeat();
		this.lease.confirm(JOB, number);
		assertThat(heartbeat()).isEqualTo(heartbeat);
	}

	private String heartbeat() {
		return this.ledger.jdbc.sql("select cast(heartbeat_at as varchar(64)) from job_lease")
			.query(String.class)
			.single();
	}

	@Test
	void confirmingProlongsIt() {
		long number = this.lease.acquire(JOB);
		expire();
		this.lease.confirm(JOB, number);
		assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(() -> this.lease.acquire(JOB));
	}

	@Test
	void whoeverConfirmedFirstCommitsBeforeAnotherTakesOver() throws Exception {
		long zombie = this.lease.acquire(JOB);
		expire();
		try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
			Future<Long> successor = this.ledger.transaction.execute((status) -> {
				this.lease.confirm(JOB, zombie);
				return executor.submit(() -> this.lease.acquire(JOB));
			});
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> successor.get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(LeaseHeldException.class);
		}
	}

	@Test
	void ofManyThatAcquireAtOnceExactlyOneWins() throws Exception {
		for (int round = 0; round < 10; round++) {
			assertThat(winnersOf("job " + round)).isEqualTo(1);
			String job = "job " + round;
			this.ledger.jdbc.sql("update job_lease set held = false where job_name = ?").param(job).update();
			assertThat(winnersOf(job)).isEqualTo(1);
		}
	}

	private long winnersOf(String job) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(4);
		Callable<Boolean> attempt = () -> {
			barrier.await(10, TimeUnit.SECONDS);
			return acquires(job);
		};
		long winners = 0;
		try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
			for (Future<Boolean> result : executor.invokeAll(List.of(attempt, attempt, attempt, attempt))) {
				winners += result.get() ? 1 : 0;
			}
		}
		return winners;
	}

	private boolean acquires(String job) {
		try {
			this.lease.acquire(job);
			return true;
		}
		catch (LeaseHeldException ex) {
			return false;
		}
	}

	private void owner(LeaseOwner owner) {
		this.ledger.jdbc.sql("update job_lease set host = ?, pid_space = ?, pid = ?, process_start = ?")
			.params(owner.host(), owner.pidSpace(), owner.pid(), owner.processStart())
			.update();
	}

	private void expire() {
		this.ledger.jdbc.sql("update job_lease set heartbeat_at = current_timestamp - interval '31' second").update();
	}

}
