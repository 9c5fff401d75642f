package io.reflectbatch.cli;

import java.time.Duration;
import java.util.List;

import io.reflectbatch.operations.PruneReport;
import io.reflectbatch.operations.PruneRequest;
import io.reflectbatch.operations.Pruning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Deletes what nobody needs any more.
 */
@Command(name = "prune", description = {
		"Delete the records of old runs, or the points of conversations or of former models. Runs that are not over"
				+ " and the last one of each job are kept. Try it with --dry-run first." })
final class PruneCommand extends SpringCommand {

	@Option(names = "--keep", paramLabel = "N", description = "Keep the newest N runs of each job.")
	private @Nullable Integer keep;

	@Option(names = "--older-than", paramLabel = "DAYS", description = "Only runs that ended more than DAYS days ago.")
	private @Nullable Integer days;

	@Option(names = "--conversation", paramLabel = "ID",
			description = "Delete the points of this conversation, and do not import it again; may be repeated.")
	private List<String> conversations = List.of();

	@Option(names = "--project", paramLabel = "NAME",
			description = "The same for all conversations in this directory below the logs, by its whole name; may be repeated.")
	private List<String> projects = List.of();

	@Option(names = "--path", paramLabel = "PATH",
			description = "The same for the conversation in this file, named as 'files' does; may be repeated.")
	private List<String> paths = List.of();

	@Option(names = "--model", paramLabel = "NAME",
			description = "Delete the points of this model, which is no longer in use; may be repeated.")
	private List<String> models = List.of();

	@Mixin
	private Confirmation confirmation = new Confirmation();

	@Option(names = "--dry-run", description = "Only say what would be deleted.")
	private boolean dryRun;

	@Mixin
	private StoreOptions store = new StoreOptions();

	PruneCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.store.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		Pruning pruning = context.getBean(Pruning.class);
		PruneRequest request = request();
		PruneReport preview = pruning.preview(request);
		boolean deletesPoints = !preview.conversations().isEmpty()
				|| preview.collections().stream().anyMatch((collection) -> collection.project() != null);
		boolean asks = deletesPoints && !this.dryRun && !this.confirmation.isGiven();
		if (asks && !json()) {
			print("Would delete", preview);
			warnOfOthers(preview);
		}
		if (asks && !this.confirmation.ask(console(), json(), "Delete these points?")) {
			console().line("Nothing was deleted.");
			return ExitCode.COMPLETED;
		}
		PruneReport report = this.dryRun ? preview : pruning.prune(request);
		if (json()) {
			console().json(report);
		}
		else {
			print(this.dryRun ? "Would delete" : "Deleted", report);
		}
		return report.unknown().isEmpty() ? ExitCode.COMPLETED : ExitCode.USAGE;
	}

	private void warnOfOthers(PruneReport preview) {
		if (preview.collections().stream().anyMatch((collection) -> collection.collection().endsWith("_local"))) {
			console().line("Claude Self-Reflect, if you use it, searches the collections that end with _local");
		}
	}

	private PruneRequest request() {
		if (this.keep == null && this.days == null && this.conversations.isEmpty() && this.projects.isEmpty()
				&& this.paths.isEmpty() && this.models.isEmpty()) {
			throw new UsageException("Nothing was named to prune; expected --keep, --older-than, --conversation,"
					+ " --project, --path or --model");
		}
		if ((this.keep != null && this.keep < 1) || (this.days != null && this.days < 0)) {
			throw new UsageException("--keep must be 1 or more, --older-than 0 or more");
		}
		return new PruneRequest(this.keep, (this.days != null) ? Duration.ofDays(this.days) : null, this.conversations,
				this.projects, this.paths, this.models);
	}

	private void print(String verb, PruneReport report) {
		if (this.keep != null || this.days != null) {
			console().line("%s the records of %s%s", verb, Console.count(report.executions().size(), "execution"),
					report.executions().isEmpty() ? "" : ": " + report.executions());
		}
		report.conversations()
			.forEach((conversation) -> console().line("%s %s of %s", verb,
					Console.count(conversation.chunks(), "point"), conversation.path()));
		report.collections().forEach((collection) -> console().line("%s", line(verb, collection)));
		report.unknown().forEach((name) -> console().line("%s", unknown(name, this.projects.contains(name))));
	}

	/**
	 * Says that something was named that there is not.
	 * @param name what was named
	 * @param project whether it was named as a project, of which search takes a part
	 */
	static String unknown(String name, boolean project) {
		String nothing = "Nothing is known of " + name;
		return project ? nothing
				+ ": --project takes the whole name of a directory below the logs, with which paths in 'reflect files' begin"
				: nothing;
	}

	/**
	 * Puts into a line what goes of a collection.
	 * @param verb what is done, or would be
	 * @param collection the collection
	 */
	static String line(String verb, PruneReport.Collection collection) {
		String project = collection.project();
		if (project == null) {
			return "Left alone: %s in %s, of a project that is not known here"
				.formatted(Console.count(collection.kept(), "point"), collection.collection());
		}
		return "%s %s of %s in %s (%s)%s".formatted(verb, Console.count(collection.points(), "point"),
				collection.model(), collection.collection(), project,
				(collection.kept() > 0) ? "; %s of conversations that are not known here stay"
					.formatted(Console.number(collection.kept())) : "");
	}

}
