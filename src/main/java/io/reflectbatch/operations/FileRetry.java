package io.reflectbatch.operations;

import java.util.Optional;

import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes files up again that are in quarantine or were forgotten.
 */
@Component
public class FileRetry {

	private final FileLedger files;

	private final FileDeaths deaths;

	private final TransactionTemplate transaction;

	FileRetry(FileLedger files, FileDeaths deaths, PlatformTransactionManager transactions) {
		this.files = files;
		this.deaths = deaths;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Lets the next import read a file from its beginning, as if nothing had happened.
	 * @param path the path below the logs directory
	 * @return the file as it was; empty if it is not known
	 * @throws NotPutAsideException if it is neither in quarantine nor forgotten
	 */
	public Optional<KnownFile> retry(String path) {
		Optional<KnownFile> file = this.files.find(path);
		file.ifPresent(this::retry);
		return file;
	}

	private void retry(KnownFile file) {
		if (file.status() != KnownFile.Status.QUARANTINED && file.status() != KnownFile.Status.FORGOTTEN) {
			throw new NotPutAsideException(file.path(), file.status());
		}
		this.transaction.executeWithoutResult((status) -> {
			this.deaths.forget(file.id());
			this.files.takeUpAgain(file.id());
		});
	}

}
