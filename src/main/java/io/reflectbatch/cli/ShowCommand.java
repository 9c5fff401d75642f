package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.operations.ExecutionDetails;
import io.reflectbatch.operations.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Shows one execution.
 */
@Command(name = "show", description = "Show one execution: parameters, steps, files, lines that could not be read.")
final class ShowCommand extends SpringCommand {

	@Parameters(paramLabel = "ID", description = "The id of the execution, as 'history' prints it.")
	private long id;

	ShowCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		ExecutionDetails details = context.getBean(JobHistory.class)
			.find(this.id)
			.orElseThrow(() -> new UsageException("There is no execution " + this.id + ". See: reflect history"));
		if (json()) {
			console().json(details);
		}
		else {
			print(details);
		}
		return ExitCode.COMPLETED;
	}

	private void print(ExecutionDetails details) {
		Console console = console();
		console.table(List.of("ID", "JOB", "STATUS", "STARTED", "DURATION", "FILES", "CHUNKS", "SKIPPED", "NOTE"),
				List.of(HistoryCommand.row(details.summary())));
		console.line("");
		details.parameters().forEach((name, value) -> console.line("%s: %s", name, value));
		console.line("");
		console.table(List.of("STEP", "STATUS", "COMMITS", "ROLLBACKS"),
				details.steps()
					.stream()
					.map((step) -> List.of(step.name(), step.status(), Console.number(step.commits()),
							Console.number(step.rollbacks())))
					.toList());
		if (!details.files().isEmpty()) {
			console.line("");
			console.table(List.of("FILE", "CHANGE", "CHUNKS", "TOKENS", "SKIPPED", "FINISHED"),
					details.files().stream().map(ShowCommand::row).toList());
		}
		if (!details.problems().isEmpty()) {
			console.line("%nLines that could not be read:");
			details.problems().forEach((problem) -> print(console, problem));
		}
	}

	private static List<String> row(PlannedFileProgress file) {
		return List.of(file.path(), file.change().name(), Console.number(file.chunks()), Console.number(file.tokens()),
				Console.number(file.problems()), Console.time(file.finishedAt()));
	}

	private static void print(Console console, LineProblem problem) {
		console.line("%s line %d (byte %d): %s", problem.path(), problem.line(), problem.offset(), problem.reason());
	}

}
