package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.Writer;

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
		conclude(repaired, imported);
		return (imported == ExitCode.COMPLETED && !repaired.report().isRepairable()) ? ExitCode.FAILED : imported;
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
				"Delete %s?".formatted(Console.count(report.orphaned(), "orphaned point")))) {
			console().line("Nothing was changed.");
			return new Repair(false, report, 0);
		}
		if (!json()) {
			new AgreementReport(console()).printRepairing(report);
		}
		return new Repair(true, report, verification.repair(report));
	}

	private ExitCode runImport(ApplicationContext context) {
		// In JSON the report is the answer; a second document would spoil it.
		Console console = json() ? new Console(new PrintWriter(Writer.nullWriter())) : console();
		return new ImportRun(context, this, console, false, this.options.strict()).run();
	}

	private void conclude(Repair repaired, ExitCode imported) {
		boolean complete = imported == ExitCode.COMPLETED || imported == ExitCode.SKIPPED;
		if (!json() && !repaired.report().agrees()) {
			new AgreementReport(console()).printRepaired(repaired.report().orphaned(), repaired.demanded(), complete);
		}
	}

	private void print(VerificationReport report) {
		if (json()) {
			console().json(report);
		}
		else {
			new AgreementReport(console()).print(report, this.repair);
		}
	}

	/**
	 * What became of the repair.
	 *
	 * @param done whether it was wanted
	 * @param report what was to be repaired
	 * @param demanded the number of files that an import has to read again
	 */
	private record Repair(boolean done, VerificationReport report, int demanded) {

	}

}
