package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.importing.ImportProgress;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.FileDeath;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.MemorySample;
import io.reflectbatch.ledger.Outcome;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.ledger.Recipe;
import io.reflectbatch.ledger.Survey;
import io.reflectbatch.operations.Difference;
import io.reflectbatch.operations.ExecutionDetails;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.PruneReport;
import io.reflectbatch.operations.Sample;
import io.reflectbatch.operations.VerificationReport;
import io.reflectbatch.watch.WatchMark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What commands print, with fixed data.
 */
@ExtendWith(Elsewhere.class)
class ReportTests {

	private static final Instant START = Instant.parse("2026-01-31T22:15:00.123Z");

	private static final String QUARANTINED = "-home-app/größe.jsonl";

	private final StringWriter out = new StringWriter();

	private final Console console = new Console(new PrintWriter(this.out));

	@Test
	void listsExecutions() {
		new ExecutionReport(this.console).print(executions());
		GoldenFile.assertEqual("history.txt", this.out.toString());
	}

	@Test
	void listsExecutionsForPrograms() {
		this.console.json(executions());
		GoldenFile.assertEqual("history.json", this.out.toString());
	}

	@Test
	void showsAnExecution() {
		new ExecutionReport(this.console).print(details());
		GoldenFile.assertEqual("show.txt", this.out.toString());
	}

	@Test
	void showsAnExecutionToPrograms() {
		this.console.json(details());
		GoldenFile.assertEqual("show.json", this.out.toString());
	}

	@Test
	void sumsUpImports() {
		ImportReport report = new ImportReport(this.console, 1_076, "306 MB", "all-MiniLM-L6-v2");
		executions().reversed().forEach(report::print);
		report.print(summary(7, null, "COMPLETED", 0, 0, 0, 0, null));
		report.print(summary(8, null, "COMPLETED", 1, 1, 4, 1, null));
		GoldenFile.assertEqual("import.txt", this.out.toString());
	}

	@Test
	void printsAnArrayWithoutHoldingIt() {
		this.console.jsonArray((array) -> List.of("a", "b").forEach(array));
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("[ \"a\", \"b\" ]\n");
	}

	@Test
	void printsAnEmptyArray() {
		this.console.jsonArray((array) -> assertThat(array).isNotNull());
		assertThat(this.out.toString().strip()).matches("\\[ *]");
	}

	@ParameterizedTest
	@CsvSource({ "PT0.04S, 0.0 s", "PT59.96S, 60.0 s", "PT60S, 1 min 0 s", "PT59M59S, 59 min 59 s",
			"PT26H5M, 26 h 5 min" })
	void writesDurationsForPeople(Duration duration, String expected) {
		assertThat(Console.duration(duration)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 chunks", "1, 1 chunk", "1000, '1,000 chunks'" })
	void countsInWords(long number, String expected) {
		assertThat(Console.count(number, "chunk")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 %", "0.000001, 0.1 %", "0.0984, 9.8 %", "0.99999, 99.9 %", "1, 100 %" })
	void saysAllAndNothingOnlyWhereItIs(double share, String expected) {
		assertThat(Console.percent(share)).isEqualTo(expected);
		assertThat(Console.coverage(share, 3)).isEqualTo(expected);
	}

	@Test
	void doesNotGuessHowMuchCanBeFound() {
		assertThat(Console.coverage(null, 3)).isEqualTo("unknown");
		assertThat(Console.coverage(null, 0)).as("nothing was said").isEqualTo("-");
	}

	@Test
	void showsHowFarAnImportIs() {
		ImportProgress.Snapshot snapshot = new ImportProgress.Snapshot(1_200, 300, 40 << 20, 10 << 20, 2_533, 9);
		assertThat(ProgressLine.of(snapshot, 100, "306 MB")).isEqualTo(
				" 25 %  5 min 0 s left  300 of 1,200 files  2,533 chunks  25.3 chunks/s  10.0 of 40.0 MB  peak memory 306 MB");
	}

	@Test
	void doesNotGuessBeforeAnythingWasRead() {
		ImportProgress.Snapshot snapshot = new ImportProgress.Snapshot(12, 0, 0, 0, 0, 0);
		assertThat(ProgressLine.of(snapshot, 1, "100 MB")).startsWith("  0 %  starting  0 of 12 files");
	}

	@Test
	void cutsALineToTheWidthOfTheTerminal() {
		assertThat(ProgressLine.cut("0123456789", 11)).isEqualTo("0123456789");
		assertThat(ProgressLine.cut("0123456789", 10)).isEqualTo("012345678");
		assertThat(ProgressLine.cut("0123456789", 1)).isEmpty();
	}

	private static List<ExecutionSummary> executions() {
		List<ExecutionSummary> executions = new ArrayList<>();
		executions.add(summary(12, 3L, "COMPLETED", 1_066, 1_066, 12_533, 13, null));
		executions.add(summary(3, null, "STOPPED", 1_076, 10, 120, 13, "Stopped by a signal"));
		executions.add(summary(2, null, "FAILED", 76, 0, 0, 0, "Qdrant at localhost:6334 (gRPC) could not\nanswer"));
		return executions;
	}

	private static Map<String, Integer> unknownScripts() {
		Map<String, Integer> scripts = new LinkedHashMap<>();
		scripts.put("HAN", 3);
		scripts.put("CYRILLIC", 1);
		return scripts;
	}

	private static ExecutionSummary summary(long id, @Nullable Long restartOf, String status, int files, int finished,
			int chunks, int problems, @Nullable String reason) {
		return new ExecutionSummary(id, "import", 1, restartOf, status, START, Duration.ofMillis(14_100), files,
				finished, chunks, (id == 12) ? chunks / 2 : null, 200L * chunks, 800L * chunks,
				(chunks > 0) ? 0.25 : null, problems, (id == 12) ? Map.of("github-token", 2) : Map.of(),
				(id == 12) ? 4 : 0, (id == 12) ? 1 : 0, (id == 12) ? unknownScripts() : Map.of(),
				(id == 12) ? List.of(QUARANTINED) : List.of(), reason);
	}

	private static List<FileDeath> deaths() {
		return List.of(
				new FileDeath("-home-app/b.jsonl", false, 9, "killed: lease expired, last seen 2026-01-31 12:03:11"),
				new FileDeath("-home-app/c.jsonl", false, 9, "killed: lease expired, last seen 2026-01-31 12:03:11"),
				new FileDeath("-home-app/c.jsonl", false, 10, "killed: process 1 on pod-1 is gone"),
				new FileDeath(QUARANTINED, true, 2, "killed: lease expired, last seen 2026-01-31 12:03:11"),
				new FileDeath(QUARANTINED, true, 3,
						"killed: process 4711 on host is gone, last seen 2026-01-31 12:05:00, 412 MB resident"));
	}

	@Test
	void listsFilesForPrograms() {
		this.console.json(FilesCommand.Listed.of(file(), deaths()));
		GoldenFile.assertEqual("files.json", this.out.toString());
	}

	@Test
	void reportsAVerificationToPrograms() {
		this.console.json(new VerificationReport(2, 76, 70, 1, 3, 533,
				List.of(new Difference("conv_0123abcd_local", "größe", QUARANTINED, false,
						new Sample(2, List.of(0L, 7L)), new Sample(0, List.of()), new Sample(1, List.of(4711L)))),
				List.of(new VerificationReport.Unknown("conv_0123abcd_local", "another", 12))));
		GoldenFile.assertEqual("verify.json", this.out.toString());
	}

	@Test
	void saysHowToRepairWhatDiffers() {
		new AgreementReport(this.console).print(verified(76, 1, List.of(difference(1))), false);
		assertThat(this.out.toString()).contains(
				"76 files (70 read again), 533 points in 2 collections: 1 file differs", ", see --repair",
				"1 file was not compared: ");
	}

	@Test
	void saysWhatIsRepairedAndWhatWas() {
		AgreementReport report = new AgreementReport(this.console);
		VerificationReport found = verified(76, 0, List.of(difference(1), difference(2)));
		report.print(found, true);
		report.printRepairing(found);
		report.printRepaired(found.orphaned(), 2, true);
		assertThat(this.out.toString()).doesNotContain("--repair").endsWith("""
				: 2 files differ
				Repairing
				Repaired: 3 orphaned points deleted, 2 files imported again
				""");
	}

	@Test
	void saysWhatIsLeftOfARepair() {
		AgreementReport report = new AgreementReport(this.console);
		report.printRepaired(1, 1, false);
		report.printRepaired(0, 0, true);
		assertThat(this.out.toString()).isEqualTo("""
				Repaired in part: 1 orphaned point deleted, but 1 file not imported again; that takes: reflect import
				Nothing was repaired: what is missing cannot be imported again
				""");
	}

	@Test
	void repairsNothingWhereEverythingAgrees() {
		new AgreementReport(this.console).printRepairing(verified(76, 0, List.of()));
		assertThat(this.out.toString()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, Import first: reflect import", "12, --job-file" })
	void saysThatThereWasNothingToCompareAndWhatToDo(int open, String remedy) {
		new AgreementReport(this.console).print(verified(0, open, List.of()), false);
		assertThat(this.out.toString()).contains("there was nothing to compare. ", remedy)
			.doesNotContain("everything agrees");
	}

	private static VerificationReport verified(int files, int open, List<Difference> differences) {
		return new VerificationReport(2, files, 70, open, 0, 533, differences, List.of());
	}

	private static Difference difference(int orphaned) {
		return new Difference("conv_0123abcd_local", "größe", QUARANTINED, true, new Sample(2, List.of(0L, 7L)),
				new Sample(0, List.of()), new Sample(orphaned, List.of(4711L)));
	}

	@Test
	void reportsAPruningToPrograms() {
		this.console
			.json(new PruneReport(List.of(1L, 2L), List.of(new PruneReport.Conversation("größe", QUARANTINED, 12)),
					List.of(new PruneReport.Collection("conv_0123abcd_local", "all-minilm-l6-v2", "-home-app", 40, 2)),
					List.of("nobody")));
		GoldenFile.assertEqual("prune.json", this.out.toString());
	}

	@Test
	void saysThatAProjectIsNamedAsAWhole() {
		assertThat(PruneCommand.unknown("app", true))
			.startsWith("Nothing is known of app: --project takes the whole name");
		assertThat(PruneCommand.unknown("nobody", false)).isEqualTo("Nothing is known of nobody");
	}

	@Test
	void reportsAStopToPrograms() {
		this.console.json(new StopCommand.Stopped("process 4711 on host", new WatchMark.Watcher(4712, true)));
		GoldenFile.assertEqual("stop.json", this.out.toString());
	}

	@Test
	void saysHowToEndTheWatchThatImportsAgain() {
		assertThat(StopCommand.words(new WatchMark.Watcher(4712, true))).contains("(process 4712)", "kill 4712");
		assertThat(StopCommand.words(new WatchMark.Watcher(1, true))).contains("container", "stop watcher")
			.doesNotContain("kill");
	}

	@Test
	void saysWhatGoesOfAFormerModelAndWhatStays() {
		assertThat(PruneCommand.line("Deleted", collection("-home-app", 1_040, 0)))
			.isEqualTo("Deleted 1,040 points of tiny_16_0123abcd in conv_89abcdef_tiny_16_0123abcd (-home-app)");
		assertThat(PruneCommand.line("Would delete", collection("-home-app", 40, 2))).endsWith(
				"40 points of tiny_16_0123abcd in conv_89abcdef_tiny_16_0123abcd (-home-app); 2 of conversations that"
						+ " are not known here stay");
		assertThat(PruneCommand.line("Deleted", collection(null, 0, 7)))
			.isEqualTo("Left alone: 7 points in conv_89abcdef_tiny_16_0123abcd, of a project that is not known here");
	}

	private static PruneReport.Collection collection(@Nullable String project, long points, long kept) {
		return new PruneReport.Collection("conv_89abcdef_tiny_16_0123abcd", "tiny_16_0123abcd", project, points, kept);
	}

	@Test
	void showsWhichFilesWereBeingReadWhenAProcessDied() {
		new DeathReport(this.console).print(deaths());
		GoldenFile.assertEqual("deaths.txt", this.out.toString());
	}

	@Test
	void printsNothingWhenNoProcessDied() {
		new DeathReport(this.console).print(List.of());
		assertThat(this.out.toString()).isEmpty();
	}

	private static KnownFile file() {
		return new KnownFile(1, QUARANTINED, "/logs", "-home-app", "größe", false, KnownFile.Status.QUARANTINED,
				new FileStamp(1_000, START), Survey.NONE, new Recipe("windows/256/10", "model", "lucene"),
				Outcome.NOTHING, FileCoverage.NONE, null);
	}

	private static ExecutionDetails details() {
		return new ExecutionDetails(executions().getFirst(), Map.of("run.number", "1"),
				new ExecutionDetails.Failure("files:partition10", "io.reflectbatch.store.StoreUnavailableException",
						"Qdrant could not answer",
						List.of("io.reflectbatch.store.StoreUnavailableException: Qdrant could not answer",
								"  at a.B.c(B.java:1)", "Caused by: io.grpc.StatusRuntimeException: UNAVAILABLE",
								"  at d.E.f(E.java:100 %)")),
				List.of(new ExecutionDetails.Step("plan", "COMPLETED", Duration.ofMillis(1_250), 2, 0),
						new ExecutionDetails.Step("files:partition10", "FAILED", Duration.ofSeconds(61), 1_234, 1)),
				List.of(new PlannedFileProgress("-home-app/a.jsonl", Change.NEW, PlannedFileProgress.State.DONE, 1_333,
						99_000, 99_001L, 99_000 / 99_001.0, 2, START, START),
						new PlannedFileProgress("-home-app/größe.jsonl", Change.GROWN,
								PlannedFileProgress.State.QUARANTINED, 0, 0, 0L, null, 0, null, null)),
				List.of(new LineProblem("-home-app/a.jsonl", 8_268, 13, "not a JSON object but 100 % text")), deaths(),
				List.of(new MemorySample(START, 100 << 20, 200L << 20),
						new MemorySample(START.plusSeconds(1), 412 << 20, null)));
	}

}
