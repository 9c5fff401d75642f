package io.reflectbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts what every execution has done. The work list cannot tell: the executions of an
 * instance share it.
 */
@Repository
public class ExecutionLog {

	private final JdbcClient jdbc;

	ExecutionLog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Starts counting for an execution.
	 * @param jobExecution the execution
	 * @param jobInstance its job instance
	 */
	public void begin(long jobExecution, long jobInstance) {
		this.jdbc.sql("""
				insert into execution_work (job_execution_id, job_instance_id, files_finished, chunks_written,
				  chunks_cached, tokens_written, message_tokens_written)
				values (?, ?, 0, 0, null, 0, 0)""").params(jobExecution, jobInstance).update();
	}

	/**
	 * Counts what the current transaction commits. It locks the row of the execution
	 * until then.
	 * @param jobExecution the execution
	 * @param done what it has done in this transaction
	 */
	public void add(long jobExecution, ExecutionCounts done) {
		this.jdbc.sql("""
				update execution_work set files_finished = files_finished + ?, chunks_written = chunks_written + ?,
				  chunks_cached = coalesce(chunks_cached, 0) + ?, tokens_written = tokens_written + ?,
				  message_tokens_written = message_tokens_written + ?
				where job_execution_id = ?""")
			.params(Arrays.asList(done.files(), done.chunks(), done.cachedChunks(), done.tokens(), done.messageTokens(),
					jobExecution))
			.update();
	}

	/**
	 * Returns what the executions of a job instance have done.
	 * @param jobInstance the job instance
	 * @return the counts by the id of the execution
	 */
	public Map<Long, ExecutionCounts> of(long jobInstance) {
		Map<Long, ExecutionCounts> counts = new HashMap<>();
		this.jdbc.sql("""
				select job_execution_id, files_finished, chunks_written, chunks_cached, tokens_written,
				  message_tokens_written
				from execution_work where job_instance_id = ?""").param(jobInstance).query((ResultSet row) -> {
			counts.put(row.getLong(1), new ExecutionCounts(row.getInt(2), row.getInt(3),
					row.getObject(4, Integer.class), row.getLong(5), row.getObject(6, Long.class)));
		});
		return counts;
	}

	/**
	 * Takes note of the memory of an execution.
	 * @param jobExecution the execution
	 * @param sample what it was
	 */
	public void sample(long jobExecution, MemorySample sample) {
		this.jdbc.sql("""
				insert into memory_sample (job_execution_id, sampled_at, resident_bytes, cgroup_bytes)
				values (?, ?, ?, ?)""")
			.params(Arrays.asList(jobExecution, FileLedger.timestamp(sample.at()), sample.residentBytes(),
					sample.cgroupBytes()))
			.update();
	}

	/**
	 * Returns when an execution completed last; 1970 if none ever has.
	 * @param job the name of the job
	 */
	public Instant lastSuccess(String job) {
		return this.jdbc.sql("""
				select e.end_time from batch_job_execution e
				join batch_job_instance i on i.job_instance_id = e.job_instance_id
				where i.job_name = ? and e.status = 'COMPLETED' and e.end_time is not null
				order by e.end_time desc fetch first 1 rows only""")
			.param(job)
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.optional()
			.orElse(Instant.EPOCH);
	}

	/**
	 * Forgets the executions of a job instance.
	 * @param jobInstance the job instance
	 */
	public void delete(long jobInstance) {
		this.jdbc.sql("""
				delete from memory_sample where job_execution_id in (
				  select job_execution_id from execution_work where job_instance_id = ?)""")
			.param(jobInstance)
			.update();
		this.jdbc.sql("delete from execution_work where job_instance_id = ?").param(jobInstance).update();
	}

	/**
	 * Returns the last that is known of the memory of an execution.
	 * @param jobExecution the execution
	 */
	public Optional<MemorySample> lastSample(long jobExecution) {
		return this.jdbc.sql("""
				select sampled_at, resident_bytes, cgroup_bytes from memory_sample where job_execution_id = ?
				order by sampled_at desc fetch first 1 rows only""")
			.param(jobExecution)
			.query(ExecutionLog::sample)
			.optional();
	}

	/**
	 * Returns the memory of an execution over time.
	 * @param jobExecution the execution
	 */
	public List<MemorySample> samples(long jobExecution) {
		return this.jdbc.sql("""
				select sampled_at, resident_bytes, cgroup_bytes from memory_sample where job_execution_id = ?
				order by sampled_at""").param(jobExecution).query(ExecutionLog::sample).list();
	}

	private static MemorySample sample(ResultSet row, int number) throws SQLException {
		return new MemorySample(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2),
				row.getObject(3, Long.class));
	}

}
