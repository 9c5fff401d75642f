package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.reflectbatch.conversation.ConversationFiles;
import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.KnownFile;
import org.springframework.stereotype.Component;

/**
 * The logs that the next import has to look at.
 */
@Component
public class WaitingFiles {

	private final FileLedger files;

	private final SourceProperties source;

	WaitingFiles(FileLedger files, JobProperties properties) {
		this.files = files;
		this.source = properties.source();
	}

	/**
	 * Counts logs that are new or look different from what was imported.
	 * @return how many; 0 if the logs directory is not there
	 */
	public int count() {
		Path root = this.source.logs().toAbsolutePath().normalize();
		if (!Files.isDirectory(root)) {
			return 0;
		}
		FileSelection selection = FileSelection.of(this.source);
		try {
			return (int) ConversationFiles.below(root, this.source.layout() == SourceProperties.Layout.TOP_LEVEL)
				.files()
				.stream()
				.filter((listed) -> selection.selects(root, listed) && isWaiting(root, listed))
				.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot list " + root, ex);
		}
	}

	private boolean isWaiting(Path root, ListedFile listed) {
		KnownFile known = this.files.find(Planner.relative(root, listed.file().path())).orElse(null);
		if (known == null) {
			return true;
		}
		return switch (known.status()) {
			case PENDING -> true;
			case FORGOTTEN, QUARANTINED -> false;
			case IMPORTED, ADOPTED -> !known.stamp().equals(new FileStamp(listed.size(), listed.modified()));
		};
	}

}
