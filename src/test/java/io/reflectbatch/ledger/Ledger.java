package io.reflectbatch.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.ReadingPosition;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger on an empty database, and what tests put into it.
 */
final class Ledger {

	static final String ROOT = "/home/dev/.claude/projects";

	static final Recipe RECIPE = new Recipe("windows/256/10", "all-minilm-l6-v2/int8/256", "lucene");

	static final Instant MODIFIED = Instant.parse("2026-03-01T10:00:00.123456789Z");

	final DataSource dataSource;

	final JdbcClient jdbc;

	final FileLedger files;

	final WorkList workList;

	final MessageRegistry messages;

	final ExecutionLog executions;

	final JobLease lease;

	final JdbcTransactionManager transactions;

	final TransactionTemplate transaction;

	Ledger(TestDatabase database) {
		this(database.migrated());
	}

	Ledger(DataSource dataSource) {
		this.dataSource = dataSource;
		JdbcTemplate template = new JdbcTemplate(dataSource);
		this.transactions = new JdbcTransactionManager(dataSource);
		this.jdbc = JdbcClient.create(template);
		this.files = new FileLedger(this.jdbc);
		this.workList = new WorkList(this.jdbc, template);
		this.messages = new MessageRegistry(this.jdbc, template);
		this.executions = new ExecutionLog(this.jdbc);
		this.lease = new JobLease(this.jdbc, this.transactions, new SleepingWriters(this.jdbc, dataSource));
		this.transaction = new TransactionTemplate(this.transactions);
	}

	KnownFile register(String path) {
		return this.files.register(file(path), path, ROOT);
	}

	static ConversationFile file(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
		return new ConversationFile(Path.of(ROOT, path), path.substring(0, path.indexOf('/')), name,
				name.startsWith("agent-"));
	}

	KnownFile imported(String path, long size, int chunks) {
		finish(plan(nextInstance(), register(path), Change.NEW, size), chunks);
		return this.files.find(path).orElseThrow();
	}

	private static long nextInstance() {
		return 1 + (UUID.randomUUID().getLeastSignificantBits() >>> 33);
	}

	PlannedFile plan(long jobInstance, KnownFile known, Change change, long size) {
		PlannedFile planned = new PlannedFile(jobInstance, this.workList.nextNumber(jobInstance), known, change, ROOT,
				new FileStamp(size, MODIFIED), survey(size), 0);
		this.workList.add(planned);
		return planned;
	}

	PlannedFile plan(long jobInstance, String path, long size) {
		return plan(jobInstance, register(path), Change.NEW, size);
	}

	static Survey survey(long size) {
		return new Survey(size, 11, "ab".repeat(32), "2026-03-01T09:00:00Z", "A title", false, 2,
				Map.of("tool results", 3), Map.of("github-token", 2));
	}

	void finish(PlannedFile planned, int chunks) {
		Outcome outcome = outcome(planned.survey().readOffset(), chunks);
		this.files.finish(planned, RECIPE, outcome, this.workList.coverage(planned, outcome));
		this.workList.finish(planned);
	}

	static Outcome outcome(long size, int chunks) {
		return new Outcome(chunks * 3, chunks,
				new ReadingPosition(Math.max(0, size - 100), 10, 2, Math.max(0, chunks - 1)));
	}

	long count(String table, @Nullable Long fileId) {
		return this.jdbc.sql("select count(*) from " + table + " where cast(:id as bigint) is null or file_id = :id")
			.param("id", fileId)
			.query(Long.class)
			.single();
	}

}
