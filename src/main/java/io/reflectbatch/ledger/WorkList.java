package io.reflectbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The files that a job instance has to import. It is made once, when the instance plans,
 * and read again by every restart, so that a restart does exactly the rest.
 */
@Repository
public class WorkList {

	private static final String SELECT = """
			select f.*, w.job_instance_id as w_job_instance_id, w.number as w_number, w.change as w_change,
			  w.root as w_root, w.size as w_size, w.modified_seconds as w_modified_seconds,
			  w.modified_nanos as w_modified_nanos, w.read_offset as w_read_offset, w.read_line as w_read_line,
			  w.content_hash as w_content_hash, w.conversation_time as w_conversation_time, w.title as w_title,
			  w.warm_up as w_warm_up, w.problems as w_problems, w.skipped as w_skipped,
			  w.redacted as w_redacted,
			  w.chunks_written as w_chunks_written
			from planned_file w join conversation_file f on f.id = w.file_id
			""";

	private static final int BATCH = 500;

	/**
	 * At how many deaths a file must have been read to be tried alone.
	 */
	static final int SUSPICIOUS_DEATHS = 2;

	// With the first column of the primary key, though it is always the same: otherwise
	// H2 reads and sorts all that is left, for each file, and does not stop at the first.
	private static final String FIRST = " order by w.job_instance_id, w.number fetch first 1 rows only";

	static final String NEXT_UNFINISHED = SELECT
			+ "where w.job_instance_id = ? and w.partition_number = ? and w.number > ? and w.finished_at is null"
			+ FIRST;

	static final String NEXT = SELECT + """
			where w.job_instance_id = ? and w.partition_number = ? and w.number > ? and w.finished_at is null
			  and (select count(*) from file_death d where d.file_id = w.file_id) < %d""".formatted(SUSPICIOUS_DEATHS)
			+ FIRST;

	static final String NEXT_SUSPECT = SELECT + """
			where w.job_instance_id = ? and w.number > ? and w.finished_at is null
			  and (select count(*) from file_death d where d.file_id = w.file_id) = %d""".formatted(SUSPICIOUS_DEATHS)
			+ FIRST;

	static final String UNFINISHED = "select file_id from planned_file where job_instance_id = ? and finished_at is null";

	// The first condition says nothing new, but without it H2 looks at every message that
	// there is, at the end of each import.
	static final String FORGET_CLAIMS = """
			delete from message_owner
			where file_id in (%s)
			  and exists (
			    select 1 from planned_file w join conversation_file f on f.id = w.file_id
			    where w.job_instance_id = ? and w.finished_at is null and w.file_id = message_owner.file_id
			      and (w.change = 'REWRITTEN' or f.read_offset <= message_owner.line_offset))""".formatted(UNFINISHED);

	private final JdbcClient jdbc;

	private final JdbcTemplate template;

	WorkList(JdbcClient jdbc, JdbcTemplate template) {
		this.jdbc = jdbc;
		this.template = template;
	}

	/**
	 * Returns whether a file is in the work list already.
	 * @param jobInstance the job instance
	 * @param fileId the key of the file
	 */
	public boolean contains(long jobInstance, long fileId) {
		return this.jdbc.sql("select count(*) from planned_file where job_instance_id = ? and file_id = ?")
			.params(jobInstance, fileId)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Returns the number that the next file gets.
	 * @param jobInstance the job instance
	 */
	public int nextNumber(long jobInstance) {
		return this.jdbc.sql("select coalesce(max(number) + 1, 0) from planned_file where job_instance_id = ?")
			.param(jobInstance)
			.query(Integer.class)
			.single();
	}

	/**
	 * Appends a file.
	 * @param planned the file
	 */
	public void add(PlannedFile planned) {
		this.jdbc
			.sql("""
					insert into planned_file (job_instance_id, number, file_id, change, start_offset, root, size,
					  modified_seconds, modified_nanos, read_offset, read_line, content_hash, conversation_time, title, warm_up, problems,
					  skipped, redacted, chunks_written, tokens_written, message_tokens_written)
					values (:instance, :number, :file, :change, :start, :root, :size, :seconds, :nanos, :readOffset, :readLine,
					  :hash, :time, :title, :warmUp, :problems, :skipped, :redacted, 0, 0, 0)""")
			.param("instance", planned.jobInstance())
			.param("number", planned.number())
			.param("file", planned.known().id())
			.param("change", planned.change().name())
			.param("start", planned.startAt().offset())
			.param("root", planned.root())
			.params(KnownFileRow.parameters(planned.stamp(), planned.survey()))
			.update();
	}

	/**
	 * Puts every file on the list whose points were made by another model and are in this
	 * kind of store. What there is to do of one is taken to be as much as it is long.
	 * @param jobInstance the job instance
	 * @param recipe how points are made now
	 */
	public void addFilesOfOtherModels(long jobInstance, Recipe recipe) {
		String family = recipe.family() + "/";
		this.jdbc.sql("""
				insert into planned_file (job_instance_id, number, file_id, change, start_offset, root, size,
				  modified_seconds, modified_nanos, read_offset, read_line, content_hash, conversation_time, title,
				  warm_up, problems, skipped, redacted, chunks_written, tokens_written,
				  message_tokens_written)
				select :instance, row_number() over (order by id) - 1, id, 'REEMBEDDED', 0, root, size,
				  modified_seconds, modified_nanos, greatest(size, read_offset, 1), read_line,
				  coalesce(content_hash, ''), conversation_time, title, warm_up, 0, '{}', '{}', 0, 0, 0
				from conversation_file
				where status in ('IMPORTED', 'ADOPTED', 'QUARANTINED') and (chunks > 0 or status = 'ADOPTED')
				  and store = :store and left(model, %d) <> :family""".formatted(family.length()))
			.param("instance", jobInstance)
			.param("store", recipe.store())
			.param("family", family)
			.update();
	}

	/**
	 * Takes a file off the list again.
	 * @param jobInstance the job instance
	 * @param fileId the key of the file
	 */
	public void remove(long jobInstance, long fileId) {
		this.jdbc.sql("delete from planned_file where job_instance_id = ? and file_id = ?")
			.params(jobInstance, fileId)
			.update();
	}

	/**
	 * Deals the files to partitions so that each gets about the same number of bytes: the
	 * largest first, always to the partition that has the least.
	 * @param jobInstance the job instance
	 * @param partitions the number of partitions
	 */
	public void deal(long jobInstance, int partitions) {
		PriorityQueue<Load> loads = new PriorityQueue<>();
		for (int partition = 0; partition < partitions; partition++) {
			loads.add(new Load(0, partition));
		}
		List<Dealt> dealt = new ArrayList<>();
		this.template.query("""
				select number, read_offset - start_offset from planned_file
				where job_instance_id = ? order by 2 desc, 1""", (ResultSet row) -> {
			Load least = loads.remove();
			loads.add(new Load(least.bytes() + row.getLong(2), least.partition()));
			dealt.add(new Dealt(row.getInt(1), least.partition()));
		}, jobInstance);
		// In the order of the table: otherwise the database, whose cache is small, reads
		// a page of it for each of many files.
		dealt.sort(Comparator.comparingInt(Dealt::number));
		this.template.batchUpdate(
				"update planned_file set partition_number = ? where job_instance_id = ? and number = ?", dealt, BATCH,
				(statement, file) -> {
					statement.setInt(1, file.partition());
					statement.setLong(2, jobInstance);
					statement.setInt(3, file.number());
				});
	}

	/**
	 * Returns the next file of a partition. Files that were being read at
	 * {@value #SUSPICIOUS_DEATHS} deaths are passed over, see {@link #nextSuspect}.
	 * @param jobInstance the job instance
	 * @param partition the partition
	 * @param after the number of the file before it, -1 for the first
	 */
	public Optional<PlannedFile> next(long jobInstance, int partition, int after) {
		return first(NEXT, jobInstance, partition, after);
	}

	/**
	 * Returns the next file of a partition, in quarantine or not: for a job that does not
	 * read the log, at which a process may have died.
	 * @param jobInstance the job instance
	 * @param partition the partition
	 * @param after the number of the file before it, -1 for the first
	 */
	public Optional<PlannedFile> nextUnfinished(long jobInstance, int partition, int after) {
		return first(NEXT_UNFINISHED, jobInstance, partition, after);
	}

	/**
	 * Returns the next file that is to be tried alone: unfinished, and being read at
	 * {@value #SUSPICIOUS_DEATHS} deaths.
	 * @param jobInstance the job instance
	 * @param after the number of the file before it, -1 for the first
	 */
	public Optional<PlannedFile> nextSuspect(long jobInstance, int after) {
		return first(NEXT_SUSPECT, jobInstance, after);
	}

	private Optional<PlannedFile> first(String sql, Object... parameters) {
		return this.jdbc.sql(sql).params(parameters).query((row, number) -> map(row)).optional();
	}

	/**
	 * Takes note that a file is going to be read. Belongs into a transaction of its own,
	 * before the reading: if the process dies, the file is known.
	 * @param planned the file
	 */
	public void open(PlannedFile planned) {
		this.jdbc.sql("update planned_file set opened_at = current_timestamp where job_instance_id = ? and number = ?")
			.params(planned.jobInstance(), planned.number())
			.update();
	}

	/**
	 * Takes note that no file is being read.
	 * @param jobInstance the job instance
	 */
	public void closeAll(long jobInstance) {
		this.jdbc.sql("update planned_file set opened_at = null where job_instance_id = ? and finished_at is null")
			.param(jobInstance)
			.update();
	}

	/**
	 * Returns the files of a job instance, in their order.
	 * @param jobInstance the job instance
	 */
	public List<PlannedFileProgress> progress(long jobInstance) {
		return this.jdbc.sql("""
				select f.path, f.status, w.change, w.chunks_written, w.tokens_written, w.message_tokens_written,
				  w.problems, w.opened_at, w.started_at, w.finished_at
				from planned_file w join conversation_file f on f.id = w.file_id
				where w.job_instance_id = ? order by w.number""")
			.param(jobInstance)
			.query((row, number) -> progress(row))
			.list();
	}

	private static PlannedFileProgress progress(ResultSet row) throws SQLException {
		long tokens = row.getLong("tokens_written");
		Long messageTokens = row.getObject("message_tokens_written", Long.class);
		return new PlannedFileProgress(row.getString("path"), Change.valueOf(row.getString("change")), state(row),
				row.getInt("chunks_written"), tokens, messageTokens, Coverage.share(tokens, messageTokens),
				row.getInt("problems"), KnownFileRow.instant(row, "started_at"),
				KnownFileRow.instant(row, "finished_at"));
	}

	private static PlannedFileProgress.State state(ResultSet row) throws SQLException {
		if (row.getObject("finished_at") != null) {
			return PlannedFileProgress.State.DONE;
		}
		if (KnownFile.Status.valueOf(row.getString("status")) == KnownFile.Status.QUARANTINED) {
			return PlannedFileProgress.State.QUARANTINED;
		}
		boolean begun = row.getObject("opened_at") != null || row.getObject("started_at") != null;
		return begun ? PlannedFileProgress.State.BEGUN : PlannedFileProgress.State.WAITING;
	}

	/**
	 * Returns the files that a job instance has not finished.
	 * @param jobInstance the job instance
	 * @return their keys
	 */
	public Set<Long> unfinished(long jobInstance) {
		return new HashSet<>(
				this.jdbc.sql(UNFINISHED).param(jobInstance).query((row, number) -> row.getLong(1)).list());
	}

	/**
	 * Returns what a job instance has to do and has done.
	 * @param jobInstance the job instance
	 */
	public WorkTotals totals(long jobInstance) {
		return this.jdbc.sql("""
				select count(*) as files, count(finished_at) as finished,
				  coalesce(sum(case when finished_at is null then read_offset - start_offset else 0 end), 0) as bytes,
				  coalesce(sum(chunks_written), 0) as chunks, coalesce(sum(tokens_written), 0) as tokens,
				  coalesce(sum(problems), 0) as problems
				from planned_file where job_instance_id = ?""")
			.param(jobInstance)
			.query((row, number) -> new WorkTotals(row.getInt("files"), row.getInt("finished"), row.getLong("bytes"),
					row.getInt("chunks"), row.getLong("tokens"), row.getInt("problems")))
			.single();
	}

	/**
	 * Returns how many secrets were left out of the files of a job instance.
	 * @param jobInstance the job instance
	 * @return the counts by rule
	 */
	public SortedMap<String, Integer> redacted(long jobInstance) {
		SortedMap<String, Integer> redacted = new TreeMap<>();
		this.jdbc.sql("select redacted from planned_file where job_instance_id = ? and redacted <> '{}'")
			.param(jobInstance)
			.query((ResultSet row) -> KnownFileRow.counts(row, "redacted")
				.forEach((rule, count) -> redacted.merge(rule, count, Integer::sum)));
		return redacted;
	}

	/**
	 * Forgets what was counted of a file that is read from its start again. Belongs into
	 * the transaction of its first chunk.
	 * @param planned the file
	 */
	public void startAgain(PlannedFile planned) {
		this.jdbc.sql("""
				update planned_file set chunks_written = 0, tokens_written = 0, message_tokens_written = 0
				where job_instance_id = ? and number = ?""").params(planned.jobInstance(), planned.number()).update();
	}

	/**
	 * Takes note of chunks that have been written. Belongs into the transaction that
	 * commits how far the file has been read, so that none is counted twice.
	 * @param planned their file
	 * @param chunks how many
	 * @param coverage their coverage, and that of the last of them
	 */
	public void written(PlannedFile planned, int chunks, FileCoverage coverage) {
		this.jdbc.sql("""
				update planned_file set chunks_written = chunks_written + :chunks,
				  tokens_written = tokens_written + :tokens,
				  message_tokens_written = message_tokens_written + :messageTokens, last_tokens = :lastTokens,
				  last_message_tokens = :lastMessageTokens, started_at = coalesce(started_at, :now)
				where job_instance_id = :instance and number = :number""")
			.param("chunks", chunks)
			.params(KnownFileRow.parameters(coverage))
			.param("now", FileLedger.timestamp(Instant.now()))
			.param("instance", planned.jobInstance())
			.param("number", planned.number())
			.update();
	}

	/**
	 * Returns the coverage of all that the store holds of a file whose chunks are
	 * written: of the chunks that were there before, and of those of this job instance.
	 * @param planned the file
	 * @param outcome what the store holds of it
	 * @return the coverage; null if a part of the chunks was not counted
	 */
	public @Nullable FileCoverage coverage(PlannedFile planned, Outcome outcome) {
		return this.jdbc.sql("""
				select chunks_written, tokens_written as tokens, message_tokens_written as message_tokens, last_tokens,
				  last_message_tokens from planned_file where job_instance_id = ? and number = ?""")
			.params(planned.jobInstance(), planned.number())
			.query((row, number) -> Optional.ofNullable(coverage(row, planned, outcome)))
			.single()
			.orElse(null);
	}

	private static @Nullable FileCoverage coverage(ResultSet row, PlannedFile planned, Outcome outcome)
			throws SQLException {
		FileCoverage before = planned.coverageBefore();
		int chunks = row.getInt("chunks_written");
		if (before == null || chunks == 0) {
			return before;
		}
		FileCoverage written = KnownFileRow.coverage(row);
		if (written == null) {
			return null;
		}
		// One more than the file has got: the first came in the place of the last one.
		boolean replaced = chunks > outcome.chunks() - planned.chunksBefore();
		return replaced ? before.replaceLast(written) : before.plus(written);
	}

	/**
	 * Takes note that a file is done.
	 * @param planned the file
	 */
	public void finish(PlannedFile planned) {
		this.jdbc.sql("""
				update planned_file set finished_at = :now, started_at = coalesce(started_at, :now)
				where job_instance_id = :instance and number = :number""")
			.param("now", FileLedger.timestamp(Instant.now()))
			.param("instance", planned.jobInstance())
			.param("number", planned.number())
			.update();
	}

	/**
	 * Forgets the work list of a job instance.
	 * @param jobInstance the job instance
	 */
	public void delete(long jobInstance) {
		this.jdbc.sql("delete from planned_file where job_instance_id = ?").param(jobInstance).update();
	}

	/**
	 * Gives up the files that a job instance has not finished and never will. The store
	 * may hold other points of them than the ledger says, and messages that they claimed
	 * may not be in the store at all; so the next import reads them, and the files with
	 * copies of those messages, from their beginning.
	 * @param jobInstance the job instance
	 */
	public void giveUp(long jobInstance) {
		this.jdbc.sql("""
				update conversation_file set size = %d, content_hash = null
				where status <> 'PENDING' and id in (
				  select w.file_id from planned_file w
				  where w.job_instance_id = :instance and w.finished_at is null
				  union select c.file_id from planned_file w join copied_line c on c.owner_file_id = w.file_id
				  where w.job_instance_id = :instance and w.finished_at is null)""".formatted(FileStamp.UNKNOWN_SIZE))
			.param("instance", jobInstance)
			.update();
		this.jdbc.sql(FORGET_CLAIMS).params(jobInstance, jobInstance).update();
	}

	private static PlannedFile map(ResultSet row) throws SQLException {
		return new PlannedFile(row.getLong("w_job_instance_id"), row.getInt("w_number"), KnownFileRow.map(row),
				Change.valueOf(row.getString("w_change")), row.getString("w_root"), KnownFileRow.stamp(row, "w_"),
				KnownFileRow.survey(row, "w_"), row.getInt("w_chunks_written"));
	}

	private record Dealt(int number, int partition) {

	}

	private record Load(long bytes, int partition) implements Comparable<Load> {

		@Override
		public int compareTo(Load other) {
			int byBytes = Long.compare(this.bytes, other.bytes);
			return (byBytes != 0) ? byBytes : Integer.compare(this.partition, other.partition);
		}

	}

}
