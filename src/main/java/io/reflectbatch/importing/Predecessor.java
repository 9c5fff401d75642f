package io.reflectbatch.importing;

import java.nio.file.Files;
import java.nio.file.Path;

import io.reflectbatch.ledger.Adoption;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.StateFileBridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The importer that was here before us. Where this application takes its place, with its
 * environment variables, the first import finds its state file: what that says is
 * imported, is; and it must not be written over by somebody who knows nothing of it.
 */
@Component
class Predecessor {

	private static final Logger logger = LoggerFactory.getLogger(Predecessor.class);

	private final FileLedger files;

	private final StateFileBridge bridge;

	private final @Nullable Path stateFile;

	private final Path logs;

	Predecessor(FileLedger files, StateFileBridge bridge, JobProperties properties) {
		this.files = files;
		this.bridge = bridge;
		this.stateFile = properties.stateFile().path();
		this.logs = properties.source().logs().toAbsolutePath().normalize();
	}

	/**
	 * Adopts the state file, if one is named, it is there, and nothing has ever been
	 * imported. The one in the data directory is our own: where the ledger is lost, all
	 * is imported anew, since that file knows nothing of messages that are copies.
	 * @throws io.reflectbatch.ledger.StateFileException if it is damaged
	 */
	void adoptAtFirst() {
		if (this.stateFile != null && this.files.count() == 0 && Files.isRegularFile(this.stateFile)) {
			Adoption adoption = this.bridge.adopt(this.stateFile, this.logs);
			if (adoption.adopted() > 0) {
				logger.info("Adopted {} files that {} says are imported; {} have changed since", adoption.adopted(),
						this.stateFile, adoption.changed());
			}
		}
	}

}
