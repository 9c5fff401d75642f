package io.reflectbatch.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.FileDeath;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.operations.FileRetry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Lists the files that were imported. There may be tens of thousands: they are read and
 * printed one at a time.
 */
@Command(name = "files", description = "List the files that were imported, with what the store holds of them.")
final class FilesCommand extends LedgerCommand {

	private static final List<String> HEADER = List.of("FILE", "STATUS", "CHUNKS", "MESSAGES", "COVERAGE", "UNREADABLE",
			"CHUNKING", "MODEL", "IMPORTED");

	@Option(names = "--retry", paramLabel = "PATH",
			description = "Let the next import read this file again, which is in quarantine or was pruned.")
	private @Nullable String retry;

	FilesCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		return (this.retry != null) ? retry(context, this.retry) : list(context);
	}

	private ExitCode retry(ApplicationContext context, String path) {
		KnownFile file = context.getBean(FileRetry.class)
			.retry(path)
			.orElseThrow(() -> new UsageException("The file " + path + " is not known. See: reflect files"));
		if (json()) {
			console().json(Listed.of(file, List.of()));
		}
		else {
			console().line("The next import reads %s from its beginning, if it is still there.", path);
		}
		return ExitCode.COMPLETED;
	}

	private ExitCode list(ApplicationContext context) {
		FileLedger files = context.getBean(FileLedger.class);
		List<FileDeath> deaths = context.getBean(FileDeaths.class).all();
		if (json()) {
			console().jsonArray((array) -> files.forEach((file) -> array.accept(Listed.of(file, deaths))));
		}
		else if (files.count() == 0) {
			console().line("No files are known yet. Start with: reflect import");
		}
		else {
			console().table(HEADER, (table) -> files.forEach((file) -> table.accept(row(file))));
			new DeathReport(console()).print(deaths);
		}
		return ExitCode.COMPLETED;
	}

	static List<String> row(KnownFile file) {
		return List.of(file.path(), file.status().name(), Console.number(file.outcome().chunks()),
				Console.number(file.outcome().messages()),
				Console.coverage(share(file.coverage()), file.outcome().chunks()),
				Console.number(file.survey().problems()), file.recipe().chunking(), file.recipe().model(),
				Console.time(file.importedAt()));
	}

	private static @Nullable Double share(@Nullable FileCoverage coverage) {
		return (coverage != null) ? coverage.all().share() : null;
	}

	/**
	 * A file in JSON.
	 */
	record Listed(String path, String root, String project, String conversationId, boolean sidechain,
			@Nullable String title, KnownFile.Status status, long size, Instant modified, int chunks, int messages,
			@Nullable Long tokens, @Nullable Long messageTokens, @Nullable Double coverage, int problems,
			Map<String, Integer> skipped, Map<String, Integer> redacted, String chunking, String model,
			@Nullable Instant importedAt, List<Death> deaths) {

		static Listed of(KnownFile file, List<FileDeath> deaths) {
			FileCoverage coverage = file.coverage();
			return new Listed(file.path(), file.root(), file.project(), file.conversationId(), file.sidechain(),
					file.survey().title(), file.status(), file.stamp().size(), file.stamp().modified(),
					file.outcome().chunks(), file.outcome().messages(),
					(coverage != null) ? coverage.all().tokens() : null,
					(coverage != null) ? coverage.all().messageTokens() : null, share(coverage),
					file.survey().problems(), file.survey().skipped(), file.survey().redacted(),
					file.recipe().chunking(), file.recipe().model(), file.importedAt(), Death.of(file, deaths));
		}

	}

	/**
	 * A death at which a file was being read.
	 *
	 * @param execution the id of the execution that died
	 * @param evidence what is known of it
	 */
	record Death(long execution, String evidence) {

		static List<Death> of(KnownFile file, List<FileDeath> deaths) {
			return deaths.stream()
				.filter((death) -> death.path().equals(file.path()))
				.map((death) -> new Death(death.execution(), death.evidence()))
				.toList();
		}

	}

}
