package io.reflectbatch.importing;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 */
@Component
public class RunningLease {

	private static final Logger logger = LoggerFactory.getLogger(RunningLease.class);

	private static final long HEARTBEAT_SECONDS = 2;

	private static final long NOT_HELD = 0;

	private final JobLease lease;

	private final StopSignal stop;

	private final LogContext log;

	private volatile String jobName = JobName.IMPORT.jobName();

	private volatile long fencingNumber = NOT_HELD;

	RunningLease(JobLease lease, StopSignal stop, LogContext log, ConfigurableTransactionManager transactions) {
		this.lease = lease;
		this.stop = stop;
		this.log = log;
		transactions.addListener(new ConfirmingListener());
	}

	/**
	 * Runs something while holding the lease.
	 * @param job the job whose lease it is
	 * @param action what to run
	 * @return what it returned
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process holds it
	 * @throws LeaseLostException if another process takes it over meanwhile
	 */
	public <T> T hold(JobName job, Supplier<T> action) {
		this.jobName = job.jobName();
		this.fencingNumber = this.lease.acquire(this.jobName);
		ScheduledExecutorService heart = Executors
			.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("lease").unstarted(task));
		try (heart) {
			ScheduledFuture<?> beats = heart.scheduleAtFixedRate(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS,
					TimeUnit.SECONDS);
			try {
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
		}
		catch (LeaseLostException | DataAccessException ex) {
			// Only a sign of life: the next commit confirms again, and fails if it has
			// to.
			logger.warn("No heartbeat: {}", ex.getMessage());
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
