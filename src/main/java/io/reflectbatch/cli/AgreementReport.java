package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.operations.Difference;
import io.reflectbatch.operations.VerificationReport;

/**
 * How logs, ledger and store agree, for people.
 */
final class AgreementReport {

	private final Console console;

	AgreementReport(Console console) {
		this.console = console;
	}

	/**
	 * Prints what was found.
	 * @param report what was found
	 * @param repair whether it is repaired next
	 */
	void print(VerificationReport report, boolean repair) {
		if (!report.differences().isEmpty()) {
			this.console.table(List.of("COLLECTION", "MISSING", "DRIFTED", "ORPHANED", "FILE"),
					report.differences().stream().map(AgreementReport::row).toList(),
					report.differences().stream().map(AgreementReport::note).toList());
			this.console.line("");
		}
		this.console.line("%s (%s read again), %s in %s: %s", Console.count(report.files(), "file"),
				Console.number(report.reread()), Console.count(report.points(), "point"),
				Console.count(report.collections(), "collection"), verdict(report, repair));
		printWhatWasNotCompared(report);
		if (!report.unknown().isEmpty()) {
			this.console.line("%s in these collections %s imported by somebody else, and %s kept",
					Console.count(report.unknown().size(), "conversation"), was(report.unknown().size()),
					(report.unknown().size() == 1) ? "is" : "are");
		}
	}

	private static String verdict(VerificationReport report, boolean repair) {
		if (!report.agrees()) {
			int differences = report.differences().size();
			return Console.count(differences, "file") + ((differences == 1) ? " differs" : " differ")
					+ (repair ? "" : ", see --repair");
		}
		if (report.files() > 0) {
			return "everything agrees";
		}
		return (report.open() > 0)
				? "there was nothing to compare. Finish the import, or name the store and the model that was imported with (QDRANT_URL, --job-file)"
				: "there was nothing to compare. Import first: reflect import";
	}

	private void printWhatWasNotCompared(VerificationReport report) {
		if (report.open() > 0) {
			this.console.line(
					"%s %s not compared: an import has not finished them, they are in quarantine, or in another store or of another model",
					Console.count(report.open(), "file"), was(report.open()));
		}
		if (report.waiting() > 0) {
			this.console.line("%s new or changed since: the next import reads what is new",
					Console.count(report.waiting(), "log"));
		}
	}

	private static String was(int number) {
		return (number == 1) ? "was" : "were";
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
	 * Says that it is being repaired, if there is anything to repair.
	 * @param report what was found
	 */
	void printRepairing(VerificationReport report) {
		if (!report.agrees()) {
			this.console.line("Repairing");
		}
	}

	/**
	 * Prints what was repaired.
	 * @param orphaned the number of points that were deleted
	 * @param demanded the number of files that an import had to read again
	 * @param imported whether it has
	 */
	void printRepaired(long orphaned, int demanded, boolean imported) {
		String deleted = Console.count(orphaned, "orphaned point") + " deleted";
		String files = Console.count(demanded, "file");
		if (orphaned == 0 && demanded == 0) {
			this.console.line("Nothing was repaired: what is missing cannot be imported again");
		}
		else if (imported) {
			this.console.line("Repaired: %s, %s imported again", deleted, files);
		}
		else {
			this.console.line("Repaired in part: %s, but %s not imported again; that takes: reflect import", deleted,
					files);
		}
	}

}
