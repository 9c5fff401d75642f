package io.reflectbatch.cli;

import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;

/**
 * Lists the files that were imported.
 */
@Command(name = "files", description = "List the files that were imported, with what the store holds of them.")
final class FilesCommand extends SpringCommand {

	FilesCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		List<KnownFile> files = new ArrayList<>();
		context.getBean(FileLedger.class).forEach(files::add);
		if (json()) {
			console().json(files);
		}
		else if (files.isEmpty()) {
			console().line("No files are known yet. Start with: reflect import");
		}
		else {
			console().table(List.of("FILE", "STATUS", "CHUNKS", "MESSAGES", "SKIPPED", "CHUNKING", "MODEL", "IMPORTED"),
					files.stream().map(FilesCommand::row).toList());
		}
		return ExitCode.COMPLETED;
	}

	private static List<String> row(KnownFile file) {
		return List.of(file.path(), file.status().name(), Console.number(file.outcome().chunks()),
				Console.number(file.outcome().messages()), Console.number(file.survey().problems()),
				file.recipe().chunking(), file.recipe().model(), Console.time(file.importedAt()));
	}

}
