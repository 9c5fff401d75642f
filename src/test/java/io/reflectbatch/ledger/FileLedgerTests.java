package io.reflectbatch.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link FileLedger}.
 */
@ParameterizedClass
@EnumSource
class FileLedgerTests {

	private final Ledger ledger;

	FileLedgerTests(TestDatabase database) {
		this.ledger = new Ledger(database);
	}

	@Test
	void registersAFileAsPendingWithNothingImported() {
		KnownFile file = this.ledger.register("p/a.jsonl");
		assertThat(this.ledger.files.find("p/a.jsonl")).contains(file);
		assertThat(this.ledger.files.find("p", "a")).contains(file);
		assertThat(this.ledger.files.get(file.id())).isEqualTo(file);
		assertThat(file.status()).isEqualTo(KnownFile.Status.PENDING);
		assertThat(file.outcome()).isEqualTo(Outcome.NOTHING);
		assertThat(this.ledger.files.find("p/b.jsonl")).isEmpty();
		assertThat(this.ledger.files.find("q", "a")).isEmpty();
	}

	@Test
	void remembersEverythingOfAnImportToTheNanosecond() {
		KnownFile file = this.ledger.imported("p/a.jsonl", 1000, 5);
		assertThat(file.status()).isEqualTo(KnownFile.Status.IMPORTED);
		assertThat(file.stamp()).isEqualTo(new FileStamp(1000, Ledger.MODIFIED));
		assertThat(file.survey()).isEqualTo(Ledger.survey(1000));
		assertThat(file.recipe()).isEqualTo(Ledger.RECIPE);
		assertThat(file.outcome()).isEqualTo(Ledger.outcome(1000, 5));
		assertThat(file.importedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
	}

	@Test
	void touchesOnlyWhereAndHowAFileLooks() {
		KnownFile file = this.ledger.imported("p/a.jsonl", 1000, 5);
		FileStamp stamp = new FileStamp(1000, Instant.parse("1969-12-31T23:59:59.999999999Z"));
		this.ledger.files.touch(file, "/elsewhere", stamp);
		assertThat(this.ledger.files.get(file.id())).isEqualTo(new KnownFile(file.id(), file.path(), "/elsewhere",
				file.project(), file.conversationId(), file.sidechain(), file.status(), stamp, file.survey(),
				file.recipe(), file.outcome(), file.coverage(), file.importedAt()));
	}

	@Test
	void adoptingReplacesWhatIsKnownUnderThePath() {
		KnownFile pending = this.ledger.register("p/a.jsonl");
		KnownFile adopted = new KnownFile(0, pending.path(), Ledger.ROOT, "p", "a", false, KnownFile.Status.ADOPTED,
				new FileStamp(7, Ledger.MODIFIED), Survey.NONE, Recipe.REFERENCE, Ledger.outcome(0, 3), null,
				Ledger.MODIFIED.truncatedTo(ChronoUnit.MICROS));
		this.ledger.files.adopt(adopted);
		KnownFile found = this.ledger.files.find("p/a.jsonl").orElseThrow();
		assertThat(found).usingRecursiveComparison().ignoringFields("id").isEqualTo(adopted);
		assertThat(found.id()).isNotEqualTo(pending.id());
	}

	@Test
	void passesFilesOnInTheOrderOfTheirPaths() {
		for (int number = 1999; number >= 1000; number--) {
			this.ledger.register("p/" + number + ".jsonl");
		}
		List<String> paths = new ArrayList<>();
		this.ledger.transaction
			.executeWithoutResult((status) -> this.ledger.files.forEach((file) -> paths.add(file.path())));
		assertThat(paths).hasSize(1000).isSorted().startsWith("p/1000.jsonl");
	}

	@Test
	void doesNotHoldAllFilesWhilePassingThemOn() {
		for (int number = 1000; number < 2000; number++) {
			this.ledger.register("p/" + number + ".jsonl");
		}
		List<String> paths = new ArrayList<>();
		this.ledger.files.forEach((file) -> {
			paths.add(file.path());
			this.ledger.jdbc.sql("delete from conversation_file where path = 'p/1999.jsonl'").update();
		});
		assertThat(paths).hasSize(999).doesNotHaveDuplicates();
	}

	@Test
	void knowsWhichFilesAreStillInTheirLogsDirectory() {
		this.ledger.imported("p/a.jsonl", 10, 1);
		this.ledger.imported("p/b.jsonl", 10, 1);
		this.ledger.files.setPresent("p/b.jsonl", false);
		assertThat(this.ledger.files.pathsIn(Ledger.ROOT, true)).containsExactly("p/a.jsonl");
		assertThat(this.ledger.files.pathsIn(Ledger.ROOT, false)).containsExactly("p/b.jsonl");
		assertThat(this.ledger.files.pathsIn("/elsewhere", true)).isEmpty();
		assertThat(this.ledger.files.countIn(Ledger.ROOT)).isOne();
	}

	@Test
	void aFileThatIsSeenOrImportedIsPresent() {
		KnownFile seen = this.ledger.imported("p/a.jsonl", 10, 1);
		this.ledger.files.setPresent("p/a.jsonl", false);
		this.ledger.files.touch(seen, "/elsewhere", seen.stamp());
		assertThat(this.ledger.files.pathsIn("/elsewhere", true)).containsExactly("p/a.jsonl");
		this.ledger.files.setPresent("p/a.jsonl", false);
		this.ledger.finish(this.ledger.plan(7, seen, Change.GROWN, 20), 2);
		assertThat(this.ledger.files.pathsIn(Ledger.ROOT, true)).containsExactly("p/a.jsonl");
	}

	@Test
	void returnsTheFirstProblemsByFileAndOffset() {
		KnownFile b = this.ledger.register("p/b.jsonl");
		KnownFile a = this.ledger.register("p/a.jsonl");
		problem(b, 1, 0);
		problem(a, 2, 90);
		problem(a, 1, 10);
		assertThat(this.ledger.files.problems(null, 10)).extracting(LineProblem::path, LineProblem::offset)
			.containsExactly(tuple("p/a.jsonl", 10L), tuple("p/a.jsonl", 90L), tuple("p/b.jsonl", 0L));
		assertThat(this.ledger.files.problems(1L, 10)).extracting(LineProblem::offset).containsExactly(10L, 0L);
		assertThat(this.ledger.files.problems(null, 2)).hasSize(2);
	}

	private void problem(KnownFile file, long jobInstance, long offset) {
		this.ledger.messages.problem(file.id(), jobInstance,
				new LineProblem(file.path(), offset, offset / 10 + 1, "no JSON: ÄÖ 漢字"));
	}

	@Test
	void takesTextsOfAnyLength() {
		String longest = "😀".repeat(600);
		Map<String, Integer> types = new HashMap<>();
		for (int number = 0; number < 1000; number++) {
			types.put("\u0001".repeat(35) + number + " lines", 1 + number % 2);
		}
		types.put("tool results", 5000);
		PlannedFile planned = new PlannedFile(1, 0, this.ledger.register("p/a.jsonl"), Change.NEW, Ledger.ROOT,
				new FileStamp(1, Ledger.MODIFIED),
				new Survey(1, 1, "ab".repeat(32), "x" + longest, "x" + longest, false, 0, types, Map.of()), 0);
		this.ledger.workList.add(planned);
		this.ledger.finish(planned, 1);
		Survey kept = this.ledger.files.get(planned.known().id()).survey();
		assertThat(kept.title()).isEqualTo("x" + "😀".repeat(511));
		assertThat(kept.conversationTime()).isEqualTo(kept.title());
		assertThat(kept.skipped()).hasSize(51).containsEntry("tool results", 5000);
		assertThat(kept.skipped().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(6500);
	}

}
