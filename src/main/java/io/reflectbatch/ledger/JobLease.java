package io.reflectbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one process at a time run a job, as described by Gray and Cheriton ("Leases", SOSP
 * 1989), with a fencing number against a process that wakes up after its lease has
 * expired. All times are the database's, so that clocks of machines need not agree.
 */
@Repository
public class JobLease {

	private static final Logger logger = LoggerFactory.getLogger(JobLease.class);

	static final Duration EXPIRY = Duration.ofSeconds(30);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SleepingWriters sleeping;

	JobLease(JdbcClient jdbc, PlatformTransactionManager transactions, SleepingWriters sleeping) {
		this.jdbc = jdbc;
		this.sleeping = sleeping;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Takes the lease.
	 * @param jobName the job
	 * @return the fencing number, to be confirmed in every transaction
	 * @throws LeaseHeldException if another process holds it and is not known to be gone
	 */
	public long acquire(String jobName) {
		Optional<Row> last = find(jobName, "");
		if (last.isEmpty()) {
			insert(jobName);
		}
		else if (last.get().held() && last.get().expired()) {
			this.sleeping.end();
		}
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			Row row = find(jobName, "for update").orElseThrow();
			if (row.isHeld()) {
				throw new LeaseHeldException(jobName, row.owner().host(), row.owner().pid(), row.since(),
						row.heartbeat());
			}
			return takeOver(jobName, LeaseOwner.self(), row.fencingNumber() + 1);
		}));
	}

	/**
	 * Returns whether a process holds the lease and is not known to be gone.
	 * @param jobName the job
	 */
	public boolean isHeld(String jobName) {
		return find(jobName, "").filter(Row::isHeld).isPresent();
	}

	private Optional<Row> find(String jobName, String lock) {
		return this.jdbc.sql("""
				select fencing_number, host, pid_space, pid, process_start, acquired_at, heartbeat_at, held,
				  heartbeat_at < current_timestamp - interval '%d' second as expired
				from job_lease where job_name = ? %s""".formatted(EXPIRY.toSeconds(), lock))
			.param(jobName)
			.query((result, number) -> new Row(result.getLong("fencing_number"),
					new LeaseOwner(result.getString("host"), result.getString("pid_space"), result.getLong("pid"),
							result.getString("process_start")),
					time(result, "acquired_at"), time(result, "heartbeat_at"), result.getBoolean("held"),
					result.getBoolean("expired")))
			.optional();
	}

	// A row to lock. Of two processes that insert it at once, one finds it there.
	private void insert(String jobName) {
		try {
			LeaseOwner self = LeaseOwner.self();
			this.jdbc.sql("""
					insert into job_lease (job_name, fencing_number, host, pid_space, pid, process_start, acquired_at,
					  heartbeat_at, held, stop_requested)
					values (?, 0, ?, ?, ?, ?, current_timestamp, current_timestamp, false, false)""")
				.params(jobName, self.host(), self.pidSpace(), self.pid(), self.processStart())
				.update();
		}
		catch (DuplicateKeyException ex) {
			logger.debug("Another process has just inserted the lease on {}", jobName);
		}
	}

	private long takeOver(String jobName, LeaseOwner self, long fencingNumber) {
		this.jdbc.sql("""
				update job_lease set fencing_number = ?, host = ?, pid_space = ?, pid = ?, process_start = ?,
				  acquired_at = current_timestamp, heartbeat_at = current_timestamp, held = true,
				  stop_requested = false
				where job_name = ?""")
			.params(fencingNumber, self.host(), self.pidSpace(), self.pid(), self.processStart(), jobName)
			.update();
		return fencingNumber;
	}

	/**
	 * Confirms the lease and prolongs it. In a transaction, the row stays locked until
	 * the commit, so that nobody can take over in between: confirm last. The database's
	 * time is that of the beginning of the transaction; a long one does not set the
	 * heartbeat back.
	 * @param jobName the job
	 * @param fencingNumber what {@link #acquire} returned
	 * @throws LeaseLostException if another process has taken over
	 */
	public void confirm(String jobName, long fencingNumber) {
		int confirmed = this.jdbc.sql("""
				update job_lease set heartbeat_at = greatest(heartbeat_at, current_timestamp)
				where job_name = ? and fencing_number = ? and held""").params(jobName, fencingNumber).update();
		if (confirmed == 0) {
			throw new LeaseLostException(jobName, fencingNumber);
		}
	}

	/**
	 * Makes sure that nobody has taken over, without prolonging the lease or waiting for
	 * whoever confirms it.
	 * @param jobName the job
	 * @param fencingNumber what {@link #acquire} returned
	 * @throws LeaseLostException if another process has taken over
	 */
	public void require(String jobName, long fencingNumber) {
		long current = this.jdbc
			.sql("select count(*) from job_lease where job_name = ? and fencing_number = ? and held")
			.params(jobName, fencingNumber)
			.query(Long.class)
			.single();
		if (current == 0) {
			throw new LeaseLostException(jobName, fencingNumber);
		}
	}

	/**
	 * Asks whoever holds the lease to stop.
	 * @param jobName the job
	 * @return who was asked, for people; empty if nobody holds it
	 */
	public Optional<String> requestStop(String jobName) {
		Optional<Row> holder = find(jobName, "").filter(Row::isHeld);
		holder.ifPresent((row) -> this.jdbc
			.sql("update job_lease set stop_requested = true where job_name = ? and fencing_number = ?")
			.params(jobName, row.fencingNumber())
			.update());
		return holder.map((row) -> "process " + row.owner().pid() + " on " + row.owner().host());
	}

	/**
	 * Returns whether the holder of the lease was asked to stop.
	 * @param jobName the job
	 * @param fencingNumber what {@link #acquire} returned
	 */
	public boolean isStopRequested(String jobName, long fencingNumber) {
		return this.jdbc.sql("""
				select count(*) from job_lease where job_name = ? and fencing_number = ? and stop_requested""")
			.params(jobName, fencingNumber)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Returns how it is known that the last holder of the lease is gone.
	 * @param jobName the job
	 * @return empty if it holds the lease still, or nobody ever did
	 */
	public Optional<LeaseEnd> end(String jobName) {
		return find(jobName, "").filter((row) -> !row.isHeld() && row.fencingNumber() > 0)
			.map((row) -> new LeaseEnd(row.causeOfEnd(), row.heartbeat()));
	}

	/**
	 * Gives the lease back. Does nothing when another process has taken over.
	 * @param jobName the job
	 * @param fencingNumber what {@link #acquire} returned
	 */
	public void release(String jobName, long fencingNumber) {
		this.jdbc.sql("update job_lease set held = false where job_name = ? and fencing_number = ?")
			.params(jobName, fencingNumber)
			.update();
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private record Row(long fencingNumber, LeaseOwner owner, Instant since, Instant heartbeat, boolean held,
			boolean expired) {

		boolean isHeld() {
			return this.held && !this.expired && !this.owner.isGone();
		}

		String causeOfEnd() {
			if (!this.held) {
				return "its end could not be recorded";
			}
			return this.owner.isGone() ? "process %d on %s is gone".formatted(this.owner.pid(), this.owner.host())
					: "lease expired";
		}

	}

}
