package io.reflectbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Remembers which files were being read when an execution died without a word, for lack
 * of memory for example. One that was there twice is tried alone; one that was there
 * three times is put into quarantine, so that the rest of the logs can be imported.
 */
@Repository
public class FileDeaths {

	/**
	 * At how many deaths a file must have been read to be put into quarantine.
	 */
	public static final int QUARANTINE_DEATHS = 3;

	private static final String SELECT = """
			select f.path, f.status, d.job_execution_id, d.evidence
			from file_death d join conversation_file f on f.id = d.file_id
			""";

	private final JdbcClient jdbc;

	FileDeaths(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Takes note of the death of an execution. Does nothing the second time.
	 * @param jobInstance its job instance
	 * @param jobExecution the execution
	 * @param evidence what is known of the death, for people
	 */
	public void record(long jobInstance, long jobExecution, String evidence) {
		this.jdbc.sql("""
				insert into file_death (file_id, job_execution_id, evidence)
				select w.file_id, :execution, :evidence from planned_file w
				where w.job_instance_id = :instance and w.opened_at is not null and w.finished_at is null
				  and not exists (select 1 from file_death d
				    where d.file_id = w.file_id and d.job_execution_id = :execution)""")
			.param("execution", jobExecution)
			.param("evidence", evidence)
			.param("instance", jobInstance)
			.update();
	}

	/**
	 * Puts the unfinished files of a work list that were being read at
	 * {@value #QUARANTINE_DEATHS} deaths into quarantine.
	 * @param jobInstance the job instance
	 * @return their paths
	 */
	public List<String> quarantine(long jobInstance) {
		List<Long> files = this.jdbc.sql("""
				select w.file_id from planned_file w
				where w.job_instance_id = ? and w.finished_at is null
				  and (select count(*) from file_death d where d.file_id = w.file_id) >= ?
				order by w.number""")
			.params(jobInstance, QUARANTINE_DEATHS)
			.query((row, number) -> row.getLong(1))
			.list();
		return files.stream().map(this::mark).toList();
	}

	private String mark(long file) {
		this.jdbc.sql("update conversation_file set status = 'QUARANTINED' where id = ?").param(file).update();
		return this.jdbc.sql("select path from conversation_file where id = ?")
			.param(file)
			.query((row, number) -> row.getString(1))
			.single();
	}

	/**
	 * Returns the paths of the files in quarantine.
	 */
	public List<String> quarantined() {
		return this.jdbc.sql("select path from conversation_file where status = 'QUARANTINED' order by path")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Returns what is known of the deaths at which a file was being read.
	 * @param fileId the key of the file
	 */
	public List<String> evidence(long fileId) {
		return this.jdbc.sql("select evidence from file_death where file_id = ? order by job_execution_id")
			.param(fileId)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Returns what is known of all deaths at which a file was being read that has not
	 * been imported since, by file and execution.
	 */
	public List<FileDeath> all() {
		return this.jdbc.sql(SELECT + "order by f.path, d.job_execution_id").query(FileDeaths::map).list();
	}

	/**
	 * Returns what is known of the deaths at which files of a work list were being read.
	 * @param jobInstance the job instance
	 */
	public List<FileDeath> of(long jobInstance) {
		return this.jdbc.sql(SELECT + """
				where d.file_id in (select w.file_id from planned_file w where w.job_instance_id = ?)
				order by f.path, d.job_execution_id""").param(jobInstance).query(FileDeaths::map).list();
	}

	private static FileDeath map(ResultSet row, int number) throws SQLException {
		return new FileDeath(row.getString("path"), row.getString("status").equals("QUARANTINED"),
				row.getLong("job_execution_id"), row.getString("evidence"));
	}

	/**
	 * Returns the files of a work list that are in quarantine.
	 * @param jobInstance the job instance
	 */
	public List<String> quarantinedIn(long jobInstance) {
		return this.jdbc.sql("""
				select f.path from planned_file w join conversation_file f on f.id = w.file_id
				where w.job_instance_id = ? and w.finished_at is null and f.status = 'QUARANTINED' order by f.path""")
			.param(jobInstance)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Forgets the deaths at which a file was being read: it has been imported, or is to
	 * be tried again as if nothing had happened.
	 * @param fileId the key of the file
	 */
	public void forget(long fileId) {
		this.jdbc.sql("delete from file_death where file_id = ?").param(fileId).update();
	}

}
