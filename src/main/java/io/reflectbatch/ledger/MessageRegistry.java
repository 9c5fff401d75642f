package io.reflectbatch.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * Knows which line a message belongs to, so that a message that resumed or forked
 * sessions repeat is indexed once: at the line that claimed it first. Files claim in the
 * order of the work list, which makes the answer independent of restarts and of the
 * number of workers.
 */
@Repository
public class MessageRegistry {

	private static final String INSERT_COPY = "insert into copied_line (file_id, line_offset, owner_file_id)"
			+ " values (?, ?, ?)";

	private final JdbcClient jdbc;

	private final JdbcTemplate template;

	MessageRegistry(JdbcClient jdbc, JdbcTemplate template) {
		this.jdbc = jdbc;
		this.template = template;
	}

	/**
	 * Forgets what is known of a part of a file, so that it can be surveyed (again).
	 * @param fileId the key of the file
	 * @param from the byte offset where the part begins; it reaches to the end
	 */
	public void forget(long fileId, long from) {
		for (String table : List.of("message_owner", "copied_line", "line_problem", "queued_prompt")) {
			this.jdbc.sql("delete from " + table + " where file_id = ? and line_offset >= ?")
				.params(fileId, from)
				.update();
		}
		this.jdbc.sql("update queued_prompt set repeated_at = null where file_id = ? and repeated_at >= ?")
			.params(fileId, from)
			.update();
	}

	/**
	 * Returns the files with copies of messages that belong to a file.
	 * @param fileId the key of the file
	 */
	public List<Long> filesWithCopiesOf(long fileId) {
		return this.jdbc
			.sql("select distinct file_id from copied_line where owner_file_id = ? and file_id <> ? order by file_id")
			.params(fileId, fileId)
			.query((row, number) -> row.getLong(1))
			.list();
	}

	/**
	 * Claims messages for lines of a file, in their order, and marks as copies the lines
	 * whose message belongs to another line. Three statements for all of them: a third of
	 * a survey was asking the database about each message.
	 * @param fileId the key of the file; its part with these lines must have been
	 * {@linkplain #forget(long, long) forgotten}
	 * @param claims the lines and the ids of their messages
	 * @return the byte offsets of those that are copies
	 */
	public Set<Long> claim(long fileId, List<Claim> claims) {
		Map<UUID, Line> owners = owners(claims);
		List<Object[]> claimed = new ArrayList<>();
		List<Object[]> copies = new ArrayList<>();
		for (Claim claim : claims) {
			Line line = new Line(fileId, claim.offset());
			Line owner = owners.putIfAbsent(claim.message(), line);
			if (owner == null) {
				claimed.add(new Object[] { claim.message(), fileId, claim.offset() });
			}
			else if (!owner.equals(line)) {
				copies.add(new Object[] { fileId, claim.offset(), owner.fileId() });
			}
		}
		this.template.batchUpdate("insert into message_owner (uuid, file_id, line_offset) values (?, ?, ?)", claimed);
		this.template.batchUpdate(INSERT_COPY, copies);
		return copies.stream().map((copy) -> (Long) copy[1]).collect(Collectors.toSet());
	}

	private Map<UUID, Line> owners(List<Claim> claims) {
		Map<UUID, Line> owners = new HashMap<>();
		UUID[] keys = claims.stream().map(Claim::message).distinct().toArray(UUID[]::new);
		this.jdbc.sql("select uuid, file_id, line_offset from message_owner where uuid = any(?)")
			.param(new SqlArrayValue("uuid", (Object[]) keys))
			.query((row) -> {
				owners.put(row.getObject(1, UUID.class), new Line(row.getLong(2), row.getLong(3)));
			});
		return owners;
	}

	/**
	 * Takes note of a prompt that was typed while the assistant was busy.
	 * @param fileId the key of the file
	 * @param offset the byte offset of the line that queues it
	 * @param textHash the hash of the prompt
	 */
	public void queued(long fileId, long offset, String textHash) {
		this.jdbc.sql("insert into queued_prompt (file_id, line_offset, text_hash) values (?, ?, ?)")
			.params(fileId, offset, textHash)
			.update();
	}

	/**
	 * Marks a line as a copy when it repeats a prompt that was queued before it. A queued
	 * prompt is repeated at most once: the same words said again later are a new prompt.
	 * @param fileId the key of the file
	 * @param offset the byte offset of the line
	 * @param textHash the hash of what the line says
	 * @return whether it repeats a queued prompt
	 */
	public boolean repeatsQueued(long fileId, long offset, String textHash) {
		Optional<Long> queued = this.jdbc.sql("""
				select line_offset from queued_prompt
				where file_id = ? and text_hash = ? and line_offset < ? and repeated_at is null
				order by line_offset fetch first 1 rows only""")
			.params(fileId, textHash, offset)
			.query(Long.class)
			.optional();
		if (queued.isEmpty()) {
			return false;
		}
		this.jdbc.sql("update queued_prompt set repeated_at = ? where file_id = ? and line_offset = ?")
			.params(offset, fileId, queued.get())
			.update();
		markCopy(fileId, offset);
		return true;
	}

	// A line can be a copy in two ways; then that of the first counts. An insert with a
	// condition would be one statement, but H2 2.4.240 does not see in its subquery what
	// the same statement has inserted before in the same transaction.
	private void markCopy(long fileId, long offset) {
		int known = this.jdbc
			.sql("update copied_line set owner_file_id = owner_file_id where file_id = ? and line_offset = ?")
			.params(fileId, offset)
			.update();
		if (known == 0) {
			this.jdbc.sql(INSERT_COPY).params(fileId, offset, fileId).update();
		}
	}

	/**
	 * Returns whether prompts of a file were queued, so that other lines of it may
	 * {@linkplain #repeatsQueued(long, long, String) repeat} them.
	 * @param fileId the key of the file
	 */
	public boolean hasQueued(long fileId) {
		return this.jdbc.sql("select count(*) from queued_prompt where file_id = ?")
			.param(fileId)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Takes note of a line that cannot be read.
	 * @param fileId the key of the file
	 * @param jobInstance the job instance that found it
	 * @param problem what is wrong
	 */
	public void problem(long fileId, long jobInstance, LineProblem problem) {
		this.jdbc.sql("""
				insert into line_problem (file_id, line_offset, line, reason, job_instance_id)
				values (?, ?, ?, ?, ?)""")
			.params(fileId, problem.offset(), problem.line(), problem.reason(), jobInstance)
			.update();
	}

	/**
	 * Returns the byte offsets of the lines in a file that are copies.
	 * @param fileId the key of the file
	 */
	public Set<Long> copies(long fileId) {
		return new HashSet<>(this.jdbc.sql("select line_offset from copied_line where file_id = ?")
			.param(fileId)
			.query((row, number) -> row.getLong(1))
			.list());
	}

	private record Line(long fileId, long offset) {

	}

}
