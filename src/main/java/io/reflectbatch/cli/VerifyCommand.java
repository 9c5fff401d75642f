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

	@Mixin
	private Confirmation confirmation = new Confirmation();

	VerifyCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.options.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		Verification verification = context.getBean(Verification.class);
		if (!this.repair) {
			return verifyOnly(verification);
		}
		Repair repaired = verification.exclusively(() -> repair(verification));
		if (!repaired.done()) {
			return ExitCode.FAILED;
		}
		ExitCode imported = (repaired.demanded() > 0) ? runImport(context) : ExitCode.COMPLETED;
		return (imported == ExitCode.COMPLETED && !repaired.complete()) ? ExitCode.FAILED : imported;
	}

	private ExitCode verifyOnly(Verification verification) {
		VerificationReport report = verification.verify();
		print(report);
		return report.agrees() ? ExitCode.COMPLETED : ExitCode.FAILED;
	}

	private Repair repair(Verification verification) {
		VerificationReport report = verification.verify();
		print(report);
		if (report.orphaned() > 0 && !this.confirmation.isGiven() && !this.confirmation.ask(console(), json(),
				"Delete %s orphaned points?".formatted(Console.number(report.orphaned())))) {
			console().line("Nothing was changed.");
			return new Repair(false, false, 0);
		}
		return new Repair(true, report.isRepairable(), verification.repair(report));
	}

	private ExitCode runImport(ApplicationContext context) {
		// In JSON the report is the answer; a second document would spoil it.
		Console console = json() ? new Console(new PrintWriter(Writer.nullWriter())) : console();
		return new ImportRun(context, this, console, false, this.options.strict()).run();
	}

	private void print(VerificationReport report) {
		if (json()) {
			console().json(report);
		}
		else {
			printForPeople(report);
		}
	}

	private void printForPeople(VerificationReport report) {
		Console console = console();
		if (!report.differences().isEmpty()) {
			console.table(List.of("COLLECTION", "MISSING", "DRIFTED", "ORPHANED", "FILE"),
					report.differences().stream().map(VerifyCommand::row).toList(),
					report.differences().stream().map(VerifyCommand::note).toList());
			console.line("");
		}
		console.line("%s files (%s read again), %s points in %s collections: %s", Console.number(report.files()),
				Console.number(report.reread()), Console.number(report.points()), Console.number(report.collections()),
				report.agrees() ? "everything agrees" : report.differences().size() + " files differ, see --repair");
		if (report.open() > 0) {
			console.line(
					"%s files were not compared: an import has not finished them, they are in quarantine, or embedded by another model",
					Console.number(report.open()));
		}
		if (report.waiting() > 0) {
			console.line("%s logs are new or have changed since: the next import reads them",
					Console.number(report.waiting()));
		}
		if (!report.unknown().isEmpty()) {
			console.line("%s conversations in these collections were imported by somebody else; they are kept",
					Console.number(report.unknown().size()));
		}
	}

	private static List<String> row(Difference difference) {
		return List.of(difference.collection(), Console.number(difference.missing().count()),
				Console.number(difference.drifted().count()), Console.number(difference.orphaned().count()),
				difference.path());
	}

	private static String note(Difference difference) {
		return difference.isRepairable() ? ""
				: "Its log is gone: what is missing cannot be imported again. To accept that: reflect prune --path "
						+ DeathReport.quoted(difference.path());
	}

	/**
	 * What became of the repair.
	 *
	 * @param done whether it was wanted
	 * @param complete whether everything can be put right
	 * @param demanded the number of files that an import has to read again
	 */
	private record Repair(boolean done, boolean complete, int demanded) {

	}

}
