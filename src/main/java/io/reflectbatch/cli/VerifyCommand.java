package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

import io.reflectbatch.operations.Difference;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.operations.VerificationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Compares logs, ledger and store.
 */
@Command(name = "verify",
		description = "Compare logs, ledger and store; exit with 1 when they differ. With --repair, make them agree.")
final class VerifyCommand extends SpringCommand {

	@Mixin
	private ImportOptions options = new ImportOptions();

	@Option(names = "--repair",
			description = "Delete what is orphaned and import again what is missing or has drifted.")
	private boolean repair;

	VerifyCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.options.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		VerificationReport report = context.getBean(Verification.class).verify();
		if (json()) {
			console().json(report);
		}
		else {
			print(report);
		}
		if (report.agrees()) {
			return ExitCode.COMPLETED;
		}
		return this.repair ? repair(context, report) : ExitCode.FAILED;
	}

	private void print(VerificationReport report) {
		Console console = console();
		if (!report.differences().isEmpty()) {
			console.table(List.of("COLLECTION", "FILE", "MISSING", "DRIFTED", "ORPHANED"),
					report.differences().stream().map(VerifyCommand::row).toList());
			console.line("");
		}
		console.line("%s files (%s read again), %s points in %s collections: %s", Console.number(report.files()),
				Console.number(report.reread()), Console.number(report.points()), Console.number(report.collections()),
				report.agrees() ? "everything agrees" : report.differences().size() + " files differ, see --repair");
		if (!report.unknown().isEmpty()) {
			console.line("%s conversations in these collections were imported by somebody else; they are kept",
					Console.number(report.unknown().size()));
		}
	}

	private static List<String> row(Difference difference) {
		return List.of(difference.collection(), String.valueOf(difference.path()),
				Console.number(difference.missing().size()), Console.number(difference.drifted().size()),
				Console.number(difference.orphaned().size()));
	}

	private ExitCode repair(ApplicationContext context, VerificationReport report) {
		int demanded = context.getBean(Verification.class).repair(report);
		// In JSON the report is the answer; a second document would spoil it.
		Console console = json() ? new Console(new PrintWriter(Writer.nullWriter())) : console();
		return (demanded > 0) ? new ImportRun(context, console, err(), false, this.options.strict()).run()
				: ExitCode.COMPLETED;
	}

}
