package io.reflectbatch.importing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseEnd;
import io.reflectbatch.ledger.LeaseLostException;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Holds the lease on a job while it runs, with a heartbeat, and listens for the wish of
 * another process that it stop. Until it is given back, every transaction confirms it
 * last of all before it commits, those of Spring Batch's job repository as well: a
 * process that was suspended for too long writes nothing any more, whatever it was about
 * to do.
 * <p>
 * H2 closes its file when it cannot write, mostly because the disk is full. The job fails
 * with its next statement then; but a thread that was just beginning one may turn round
 * in H2 for ever (MVStore.registerVersionUsage of 2.4.240). A job that has not ended half
 * a minute later is reported to {@link DatabaseLoss}.
 */
@Component
public class RunningLease {

	private static final Logger logger = LoggerFactory.getLogger(RunningLease.class);

	private static final Duration HEARTBEAT = Duration.ofSeconds(2);

	/**
	 * How long a job has for ending by itself: the chunk that is being embedded takes
	 * seconds.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long NOT_HELD = 0;

	private static final long OPEN = Long.MIN_VALUE;

	private final JobLease lease;

	// Not before it is needed: Spring Batch's operator comes with it, and restarts only
	// jobs that were there before it, of which the lease is a part.
	private final ObjectProvider<DeadExecution> dead;

	private final StopSignal stop;

	private final LogContext log;

	private final DatabaseLoss loss;

	private final Duration heartbeat;

	private final Duration patience;

	private volatile String jobName = JobName.IMPORT.jobName();

	private volatile long fencingNumber = NOT_HELD;

	private long closedSince = OPEN;

	@Autowired
	RunningLease(JobLease lease, ObjectProvider<DeadExecution> dead, StopSignal stop, LogContext log, DatabaseLoss loss,
			ConfigurableTransactionManager transactions) {
		this(lease, dead, stop, log, loss, transactions, HEARTBEAT, PATIENCE);
	}

	RunningLease(JobLease lease, ObjectProvider<DeadExecution> dead, StopSignal stop, LogContext log, DatabaseLoss loss,
			ConfigurableTransactionManager transactions, Duration heartbeat, Duration patience) {
		this.lease = lease;
		this.dead = dead;
		this.stop = stop;
		this.log = log;
		this.loss = loss;
		this.heartbeat = heartbeat;
		this.patience = patience;
		transactions.addListener(new ConfirmingListener());
	}

	/**
	 * Runs something while holding the lease, once what its last holder has left open has
	 * been brought to an end.
	 * @param job the job whose lease it is
	 * @param action what to run
	 * @return what it returned
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process holds it
	 * @throws LeaseLostException if another process takes it over meanwhile
	 */
	public <T> T hold(JobName job, Supplier<T> action) {
		this.jobName = job.jobName();
		DeadExecution last = this.dead.getObject();
		LeaseEnd end = last.leaseEnd(job);
		this.fencingNumber = this.lease.acquire(this.jobName);
		this.closedSince = OPEN;
		ScheduledExecutorService heart = Executors
			.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("lease").unstarted(task));
		try (heart) {
			ScheduledFuture<?> beats = heart.scheduleAtFixedRate(this::beat, this.heartbeat.toMillis(),
					this.heartbeat.toMillis(), TimeUnit.MILLISECONDS);
			try {
				last.recover(job, end);
				return action.get();
			}
			finally {
				// An interrupt in the middle of a statement would close the file of H2.
				beats.cancel(false);
			}
		}
		finally {
			long held = this.fencingNumber;
			this.fencingNumber = NOT_HELD;
			this.lease.release(this.jobName, held);
		}
	}

	private void beat() {
		this.log.enter();
		try {
			this.lease.confirm(this.jobName, this.fencingNumber);
			if (this.lease.isStopRequested(this.jobName, this.fencingNumber)) {
				this.stop.raise();
			}
			this.closedSince = OPEN;
		}
		catch (LeaseLostException | DataAccessException ex) {
			// Only a sign of life: the next commit confirms again, and fails if it has
			// to.
			if (isDatabaseClosed(ex)) {
				reportLoss();
			}
			else {
				logger.warn("No heartbeat: {}", ex.getMessage());
			}
		}
	}

	private static boolean isDatabaseClosed(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.anyMatch((cause) -> cause instanceof SQLException database
					&& database.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED);
	}

	private void reportLoss() {
		long now = System.nanoTime();
		if (this.closedSince == OPEN) {
			this.closedSince = now;
		}
		else if (now - this.closedSince >= this.patience.toNanos()) {
			this.loss.report();
		}
	}

	/**
	 * Makes sure of the lease before something is written that no transaction protects.
	 * @throws LeaseLostException if another process has taken over
	 */
	void require() {
		this.lease.require(this.jobName, this.fencingNumber);
	}

	private final class ConfirmingListener implements TransactionExecutionListener {

		@Override
		public void beforeCommit(TransactionExecution transaction) {
			long number = RunningLease.this.fencingNumber;
			if (number != NOT_HELD && !transaction.isReadOnly()) {
				RunningLease.this.lease.confirm(RunningLease.this.jobName, number);
			}
		}

	}

}
