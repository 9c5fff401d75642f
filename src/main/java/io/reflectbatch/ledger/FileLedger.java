package io.reflectbatch.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.reflectbatch.conversation.ConversationFile;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/**
 * The conversation logs that were ever seen. A row changes only in the transaction that
 * commits the last chunks of its file, so it always describes what is in the store.
 */
@Repository
public class FileLedger {

	private static final String SELECT = "select f.* from conversation_file f ";

	private static final int PAGE = 500;

	private final JdbcClient jdbc;

	FileLedger(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns a file.
	 * @param id the key of the file
	 */
	public KnownFile get(long id) {
		return this.jdbc.sql(SELECT + "where f.id = ?").param(id).query(KnownFileRow.MAPPER).single();
	}

	/**
	 * Returns a file.
	 * @param path the path below the logs directory
	 */
	public Optional<KnownFile> find(String path) {
		return this.jdbc.sql(SELECT + "where f.path = ?").param(path).query(KnownFileRow.MAPPER).optional();
	}

	/**
	 * Returns files by their paths; those that are not known are missing.
	 * @param paths the paths below the logs directory, some hundred at most
	 */
	public Map<String, KnownFile> findAll(Collection<String> paths) {
		Map<String, KnownFile> found = new HashMap<>();
		if (!paths.isEmpty()) {
			this.jdbc.sql(SELECT + "where f.path in (:paths)")
				.param("paths", paths)
				.query(KnownFileRow.MAPPER)
				.list()
				.forEach((file) -> found.put(file.path(), file));
		}
		return found;
	}

	/**
	 * Returns the file of a conversation.
	 * @param project the name of the project directory
	 * @param conversationId the id of the conversation
	 */
	public Optional<KnownFile> find(String project, String conversationId) {
		return this.jdbc.sql(SELECT + "where f.project = ? and f.conversation_id = ?")
			.params(project, conversationId)
			.query(KnownFileRow.MAPPER)
			.optional();
	}

	/**
	 * Returns the number of files that were ever seen.
	 */
	public long count() {
		return this.jdbc.sql("select count(*) from conversation_file").query(Long.class).single();
	}

	/**
	 * Returns the number of files that were in a logs directory when it was last listed.
	 * @param root the logs directory
	 */
	public long countIn(String root) {
		return this.jdbc.sql("select count(*) from conversation_file where root = ? and present")
			.param(root)
			.query(Long.class)
			.single();
	}

	/**
	 * Returns the paths of files that belong to a logs directory.
	 * @param root the logs directory
	 * @param present true for those that were there when it was last listed, false for
	 * those that were gone
	 */
	public Set<String> pathsIn(String root, boolean present) {
		return new HashSet<>(this.jdbc.sql("select path from conversation_file where root = ? and present = ?")
			.params(root, present)
			.query((row, number) -> row.getString(1))
			.list());
	}

	/**
	 * Takes note of whether a file is still in its logs directory.
	 * @param path the path below the logs directory
	 * @param present whether it is there
	 */
	public void setPresent(String path, boolean present) {
		this.jdbc.sql("update conversation_file set present = ? where path = ?").params(present, path).update();
	}

	/**
	 * Passes every file on, one at a time, in the order of their paths. Reads them in
	 * pages: PostgreSQL takes no notice of a fetch size outside of a transaction, and a
	 * slow reader of a listing should not keep one open.
	 * @param action what to do with each
	 */
	public void forEach(Consumer<KnownFile> action) {
		List<KnownFile> page = page("");
		while (!page.isEmpty()) {
			page.forEach(action);
			page = page(page.getLast().path());
		}
	}

	private List<KnownFile> page(String after) {
		return this.jdbc.sql(SELECT + "where f.path > ? order by f.path fetch first %d rows only".formatted(PAGE))
			.param(after)
			.query(KnownFileRow.MAPPER)
			.list();
	}

	/**
	 * Returns how many of the logs that are still there have points, by the family of the
	 * model that has embedded them.
	 */
	public SortedMap<String, Long> presentByFamily() {
		SortedMap<String, Long> families = new TreeMap<>();
		this.jdbc.sql("""
				select model, count(*) from conversation_file
				where present and (status = 'ADOPTED' or (status = 'IMPORTED' and chunks > 0)) group by model""")
			.query((row, number) -> Map.entry(new Recipe("", row.getString(1), "").family(), row.getLong(2)))
			.list()
			.forEach((family) -> families.merge(family.getKey(), family.getValue(), Long::sum));
		return families;
	}

	/**
	 * Returns how many of the logs that are still there have points, by the kind of store
	 * that they are in. Not those that were adopted: of them it is not known.
	 */
	public SortedMap<String, Long> presentByStore() {
		SortedMap<String, Long> stores = new TreeMap<>();
		this.jdbc.sql("""
				select store, count(*) from conversation_file
				where present and status = 'IMPORTED' and chunks > 0 group by store""").query((row) -> {
			stores.put(row.getString(1), row.getLong(2));
		});
		return stores;
	}

	/**
	 * Returns the names of the project directories that files are known from.
	 */
	public List<String> projects() {
		return this.jdbc.sql("select distinct project from conversation_file order by project")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Returns the files of a project.
	 * @param project the name of the project directory
	 */
	public List<KnownFile> inProject(String project) {
		return this.jdbc.sql(SELECT + "where f.project = ? order by f.path")
			.param(project)
			.query(KnownFileRow.MAPPER)
			.list();
	}

	/**
	 * Makes the next import read a file from its beginning, as if it had been rewritten.
	 * @param id the key of the file
	 */
	public void demandImport(long id) {
		this.jdbc.sql("update conversation_file set size = ?, content_hash = null where id = ?")
			.params(FileStamp.UNKNOWN_SIZE, id)
			.update();
	}

	/**
	 * Returns the files of a conversation; one a project at most.
	 * @param conversationId the conversation
	 */
	public List<KnownFile> ofConversation(String conversationId) {
		return this.jdbc.sql(SELECT + "where f.conversation_id = ? order by f.path")
			.param(conversationId)
			.query(KnownFileRow.MAPPER)
			.list();
	}

	/**
	 * Takes note that the points of a file were deleted and shall not come back, and
	 * takes it off the work lists that have it.
	 * @param id the key of the file
	 */
	public void forget(long id) {
		this.jdbc.sql("delete from planned_file where file_id = ? and finished_at is null").param(id).update();
		this.jdbc.sql("update conversation_file set status = 'FORGOTTEN', chunks = 0, messages = 0 where id = ?")
			.param(id)
			.update();
	}

	/**
	 * Takes a file up again that was in quarantine or forgotten: the next import reads it
	 * from its beginning. One that has points counts as imported until then, since its
	 * log may be gone for good, and what is stored of it stays.
	 * @param id the key of the file
	 */
	public void takeUpAgain(long id) {
		this.jdbc
			.sql("update conversation_file set status = case when chunks > 0 then 'IMPORTED' else 'PENDING' end"
					+ " where id = ?")
			.param(id)
			.update();
		demandImport(id);
	}

	/**
	 * Takes note of a file that was not known.
	 * @param file the file
	 * @param path its path below the logs directory
	 * @param root the logs directory
	 * @return the row, pending
	 */
	public KnownFile register(ConversationFile file, String path, String root) {
		return insert(new KnownFile(0, path, root, file.project(), file.conversationId(), file.sidechain(),
				KnownFile.Status.PENDING, new FileStamp(FileStamp.UNKNOWN_SIZE, Instant.EPOCH), Survey.NONE,
				new Recipe("", "", ""), Outcome.NOTHING, FileCoverage.NONE, null));
	}

	/**
	 * Takes note of a file that the Python importer has imported.
	 * @param file the file; it replaces what is known under the same path
	 */
	public void adopt(KnownFile file) {
		this.jdbc.sql("delete from conversation_file where path = ?").param(file.path()).update();
		insert(file);
	}

	private KnownFile insert(KnownFile file) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into conversation_file (path, root, project, conversation_id, sidechain, status, size,
				  modified_seconds, modified_nanos, read_offset, read_line, content_hash, conversation_time, title,
				  warm_up, chunking, model, store, messages, chunks, continue_offset, continue_line,
				  continue_message, continue_chunk, problems, skipped, redacted, imported_at)
				values (:path, :root, :project, :conversation, :sidechain, :status, :size, :seconds, :nanos,
				  :readOffset, :readLine, :hash, :time, :title, :warmUp, :chunking, :model, :store, :messages, :chunks,
				  :continueOffset, :continueLine, :continueMessage, :continueChunk, :problems, :skipped, :redacted,
				  :importedAt)
				""")
			.param("path", file.path())
			.param("root", file.root())
			.param("project", file.project())
			.param("conversation", file.conversationId())
			.param("sidechain", file.sidechain())
			.param("status", file.status().name())
			.params(KnownFileRow.parameters(file.stamp(), file.survey(), file.recipe(), file.outcome()))
			.param("importedAt", timestamp(file.importedAt()))
			.update(key, "id");
		long id = Objects.requireNonNull(key.getKeyAs(Number.class), "The database returned no key").longValue();
		return new KnownFile(id, file.path(), file.root(), file.project(), file.conversationId(), file.sidechain(),
				file.status(), file.stamp(), file.survey(), file.recipe(), file.outcome(), file.coverage(),
				file.importedAt());
	}

	/**
	 * Takes note that a file looks different but holds what was imported.
	 * @param file the file
	 * @param root the logs directory
	 * @param stamp how it looks now
	 */
	public void touch(KnownFile file, String root, FileStamp stamp) {
		this.jdbc.sql("""
				update conversation_file set root = :root, present = true, size = :size, modified_seconds = :seconds,
				  modified_nanos = :nanos where id = :id""")
			.param("root", root)
			.params(KnownFileRow.parameters(stamp))
			.param("id", file.id())
			.update();
	}

	/**
	 * Takes note that a planned file has been imported. Belongs into the transaction of
	 * its last chunks.
	 * @param planned the file
	 * @param recipe how its points were made
	 * @param outcome what the store holds of it now
	 * @param coverage how much of that can be found; null where it is not known
	 */
	public void finish(PlannedFile planned, Recipe recipe, Outcome outcome, @Nullable FileCoverage coverage) {
		this.jdbc
			.sql("""
					update conversation_file set root = :root, present = true, status = 'IMPORTED',
					  size = :size, modified_seconds = :seconds, modified_nanos = :nanos, read_offset = :readOffset,
					  read_line = :readLine, content_hash = :hash, conversation_time = :time, title = :title,
					  warm_up = :warmUp, chunking = :chunking, model = :model, store = :store, messages = :messages, chunks = :chunks,
					  continue_offset = :continueOffset, continue_line = :continueLine,
					  continue_message = :continueMessage, continue_chunk = :continueChunk, problems = :problems,
					  skipped = :skipped, redacted = :redacted, tokens = :tokens, message_tokens = :messageTokens,
					  last_tokens = :lastTokens, last_message_tokens = :lastMessageTokens, imported_at = :importedAt
					where id = :id""")
			.param("id", planned.known().id())
			.param("root", planned.root())
			.params(KnownFileRow.parameters(planned.stamp(), planned.survey(), recipe, outcome))
			.params(KnownFileRow.parameters(coverage))
			.param("importedAt", timestamp(Instant.now()))
			.update();
	}

	/**
	 * Takes note that another model has embedded what was imported of a file; how it was
	 * cut stays as it was. Belongs into the transaction of its last points.
	 * @param id the key of the file
	 * @param model what the recipe says of the model
	 * @param coverage how much of the chunks this model takes
	 */
	public void reembedded(long id, String model, @Nullable FileCoverage coverage) {
		this.jdbc.sql("""
				update conversation_file set model = :model, tokens = :tokens, message_tokens = :messageTokens,
				  last_tokens = :lastTokens, last_message_tokens = :lastMessageTokens where id = :id""")
			.param("model", model)
			.params(KnownFileRow.parameters(coverage))
			.param("id", id)
			.update();
	}

	/**
	 * Returns the lines that could not be read, by file and offset.
	 * @param jobInstance only those found by this job instance; null for all
	 * @param limit how many at most
	 */
	public List<LineProblem> problems(@Nullable Long jobInstance, int limit) {
		return this.jdbc.sql("""
				select f.path, p.line_offset, p.line, p.reason
				from line_problem p join conversation_file f on f.id = p.file_id
				where cast(:instance as bigint) is null or p.job_instance_id = :instance
				order by f.path, p.line_offset fetch first %d rows only""".formatted(limit))
			.param("instance", jobInstance)
			.query((row, number) -> new LineProblem(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)))
			.list();
	}

	static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

}
