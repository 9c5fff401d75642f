package io.reflectbatch.importing;

import java.util.Optional;
import java.util.function.IntFunction;

import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.WorkList;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands out the files of a work list one after another. What is handed out is on record
 * before it is read: if the process dies of it, the next one knows.
 */
final class FileQueue {

	private final WorkList workList;

	private final IntFunction<Optional<PlannedFile>> next;

	private final TransactionTemplate ownTransaction;

	/**
	 * Creates a queue.
	 * @param workList the work list
	 * @param next finds the file after a number
	 * @param transactions for the record, which must not wait for the next commit
	 */
	FileQueue(WorkList workList, IntFunction<Optional<PlannedFile>> next, PlatformTransactionManager transactions) {
		this.workList = workList;
		this.next = next;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Returns the next file.
	 * @param after the number of the file before it, -1 for the first
	 */
	Optional<PlannedFile> next(int after) {
		Optional<PlannedFile> file = this.next.apply(after);
		file.ifPresent((opened) -> this.ownTransaction.executeWithoutResult((status) -> this.workList.open(opened)));
		return file;
	}

}
