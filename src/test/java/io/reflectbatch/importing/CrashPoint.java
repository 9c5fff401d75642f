package io.reflectbatch.importing;

/**
 * An instant at which a process may die: where a method begins or returns.
 */
enum CrashPoint {

	/** Files are in the work list, and this is not committed. */
	IN_THE_PLAN(Place.END, "io.reflectbatch.importing.PlanTasklet", "execute(StepContribution, ChunkContext)", 1),

	/** The work list is complete, and no file is dealt to a partition. */
	AFTER_THE_PLAN(Place.BEGIN, "io.reflectbatch.importing.FilePartitioner", "partition(int)", 1),

	/** Chunks are read, and not embedded. */
	AFTER_READING(Place.BEGIN, "io.reflectbatch.importing.EmbeddingItemProcessor", "process(ImportItem)", 4),

	/** Chunks are embedded, and not in the store. */
	AFTER_EMBEDDING(Place.BEGIN, "io.reflectbatch.importing.ConversationItemWriter", "write(Chunk)", 3),

	/** Chunks are in the store, and not in the ledger. */
	AFTER_THE_UPSERT(Place.BEGIN, "io.reflectbatch.importing.LedgerRecorder", "record(long, List)", 2),

	/** Chunks are in the store and in the ledger, and this is not committed. */
	BEFORE_THE_COMMIT(Place.END, "io.reflectbatch.importing.LedgerRecorder", "record(long, List)", 3),

	/** A transaction in the middle of a file is committed. */
	AFTER_THE_COMMIT(Place.BEGIN, "io.reflectbatch.importing.ImportProgress", "count(List)", 2),

	/** A file is finished, and the next one of the partition is not open. */
	BETWEEN_FILES(Place.BEGIN, "io.reflectbatch.importing.FileQueue", "next(int)", 5),

	/** Points beyond the last chunk of a file are to be deleted, and still there. */
	BEFORE_THE_TAIL_IS_DELETED(Place.BEGIN, "io.reflectbatch.store.ConversationStore",
			"deleteFrom(String, String, int)", 1),

	/** Points beyond the last chunk of a file are deleted, and the ledger has them. */
	AFTER_THE_TAIL_IS_DELETED(Place.END, "io.reflectbatch.store.ConversationStore", "deleteFrom(String, String, int)",
			1),

	/** The new state file is written, under another name. */
	BEFORE_THE_STATE_FILE_IS_RENAMED(Place.BEGIN, "java.nio.file.Files", "move(Path, Path, CopyOption[])", 1),

	/** The state file is a new one. */
	AFTER_THE_STATE_FILE_IS_RENAMED(Place.END, "java.nio.file.Files", "move(Path, Path, CopyOption[])", 1),

	/** Everything is imported, and the job has not ended. */
	IN_THE_FINISH(Place.END, "io.reflectbatch.ledger.WorkList", "giveUp(long)", 1),

	/** The lease of a dead process is taken over, and nothing else. */
	BEFORE_THE_RECOVERY(Place.BEGIN, "io.reflectbatch.importing.DeadExecution", "recover(JobName, LeaseEnd)", 1),

	/** It is on record which files the dead process was reading. */
	IN_THE_RECOVERY(Place.BEGIN, "io.reflectbatch.importing.DeadExecution", "endUnknown(JobExecution)", 1),

	/** The steps of the dead execution have an end, and it has none. */
	IN_THE_RECOVERY_OF_THE_JOB(Place.BEGIN, "org.springframework.batch.core.repository.support.SimpleJobRepository",
			"update(JobExecution)", 1),

	/** The dead execution has an end, and is not restarted. */
	AFTER_THE_RECOVERY(Place.END, "io.reflectbatch.importing.DeadExecution", "recover(JobName, LeaseEnd)", 1);

	private final Place place;

	private final String className;

	private final String method;

	private final int passage;

	/**
	 * Names an instant.
	 * @param place where in the method
	 * @param className the class, or an interface that it implements
	 * @param method the method, with the simple names of its parameters' types
	 * @param passage at which of its passages the process dies, from 1
	 */
	CrashPoint(Place place, String className, String method, int passage) {
		this.place = place;
		this.className = className;
		this.method = method;
		this.passage = passage;
	}

	/**
	 * Whether there must be a dead execution for this to be reached.
	 */
	boolean isInRecovery() {
		return name().endsWith("_RECOVERY") || this == IN_THE_RECOVERY_OF_THE_JOB;
	}

	Place place() {
		return this.place;
	}

	String className() {
		return this.className;
	}

	String method() {
		return this.method;
	}

	int passage() {
		return this.passage;
	}

	enum Place {

		BEGIN, END

	}

}
