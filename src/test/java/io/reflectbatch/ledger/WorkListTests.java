package io.reflectbatch.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link WorkList} and {@link ExecutionLog}.
 */
@ParameterizedClass
@EnumSource
class WorkListTests {

	private static final long INSTANCE = 7;

	private final Ledger ledger;

	private final TestDatabase database;

	WorkListTests(TestDatabase database) {
		this.database = database;
		this.ledger = new Ledger(database);
	}

	@Test
	void numbersFilesFromZeroAndKnowsThem() {
		assertThat(this.ledger.workList.nextNumber(INSTANCE)).isZero();
		PlannedFile planned = this.ledger.plan(INSTANCE, "p/a.jsonl", 100);
		assertThat(this.ledger.workList.nextNumber(INSTANCE)).isEqualTo(1);
		assertThat(this.ledger.workList.contains(INSTANCE, planned.known().id())).isTrue();
		assertThat(this.ledger.workList.contains(INSTANCE + 1, planned.known().id())).isFalse();
	}

	@Test
	void dealsTheLargestFirstToWhoHasLeast() {
		long[] sizes = { 10, 70, 20, 60, 30, 40 };
		for (int number = 0; number < sizes.length; number++) {
			this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", sizes[number]);
		}
		this.ledger.workList.deal(INSTANCE, 2);
		// 70 | 60, then 40 to the second, 30 to the first, 20 to the first of equals, 10.
		assertThat(dealt(2)).containsExactly(List.of(1, 2, 4), List.of(0, 3, 5));
	}

	@Test
	void dealsEvenlyAndAlwaysAlike() {
		Random random = new Random(1);
		for (int number = 0; number < 1200; number++) {
			this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", 1 + (long) Math.exp(random.nextDouble() * 10));
		}
		this.ledger.workList.deal(INSTANCE, 8);
		List<List<Integer>> first = dealt(8);
		this.ledger.workList.deal(INSTANCE, 8);
		assertThat(dealt(8)).isEqualTo(first);
		assertThat(first.stream().mapToInt(List::size).sum()).isEqualTo(1200);
		Map<Integer, Long> bytes = new HashMap<>();
		this.ledger.jdbc.sql("select partition_number, sum(read_offset) from planned_file group by partition_number")
			.query((row) -> {
				bytes.put(row.getInt(1), row.getLong(2));
			});
		long most = bytes.values().stream().max(Long::compare).orElseThrow();
		long least = bytes.values().stream().min(Long::compare).orElseThrow();
		assertThat(most).isLessThan(least * 101 / 100 + 100);
	}

	@Test
	void looksNoFurtherThanTheNextFile() {
		assumeThat(this.database).as("PostgreSQL has a plan of its own").isEqualTo(TestDatabase.H2);
		for (int number = 0; number < 200; number++) {
			this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", 100);
		}
		this.ledger.workList.deal(INSTANCE, 4);
		assertThat(rowsRead(WorkList.NEXT, INSTANCE, 1, 20)).isBetween(1, 10);
		assertThat(rowsRead(WorkList.NEXT_UNFINISHED, INSTANCE, 1, 20)).isBetween(1, 10);
		assertThat(rowsRead("select * from planned_file where job_instance_id = ?", INSTANCE)).isEqualTo(201);
	}

	@Test
	void looksOnlyAtTheMessagesOfFilesThatAreGivenUp() {
		assumeThat(this.database).as("PostgreSQL has a plan of its own").isEqualTo(TestDatabase.H2);
		for (int number = 0; number < 20; number++) {
			PlannedFile done = this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", 100);
			claim(done, 10);
			this.ledger.finish(done, 1);
		}
		assertThat(rowsRead(WorkList.FORGET_CLAIMS, INSTANCE, INSTANCE)).isLessThan(30);
		claim(this.ledger.plan(INSTANCE + 1, "p/given-up.jsonl", 100), 10);
		assertThat(rowsRead(WorkList.FORGET_CLAIMS, INSTANCE + 1, INSTANCE + 1)).isLessThan(30);
		assertThat(this.ledger.count("message_owner", null)).isEqualTo(200);
	}

	@Test
	void looksOnlyAtWhatIsUnfinished() {
		assumeThat(this.database).as("PostgreSQL has a plan of its own").isEqualTo(TestDatabase.H2);
		for (int number = 0; number < 20; number++) {
			this.ledger.finish(this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", 100), 1);
		}
		this.ledger.plan(INSTANCE, "p/unfinished.jsonl", 100);
		assertThat(rowsRead(WorkList.UNFINISHED, INSTANCE)).isBetween(1, 2);
	}

	private void claim(PlannedFile planned, int messages) {
		long file = planned.known().id();
		this.ledger.messages.claim(file,
				IntStream.range(0, messages).mapToObj((line) -> Claim.of(line, file + "/" + line)).toList());
	}

	private int rowsRead(String sql, Object... parameters) {
		String plan = this.ledger.jdbc.sql("explain analyze " + sql).params(parameters).query(String.class).single();
		return Pattern.compile("scanCount: (\\d+)")
			.matcher(plan)
			.results()
			.mapToInt((count) -> Integer.parseInt(count.group(1)))
			.max()
			.orElseThrow();
	}

	@Test
	void countsOnlyWhatIsNewOfAGrownFile() {
		KnownFile large = this.ledger.imported("p/large.jsonl", 10_000, 5);
		this.ledger.plan(INSTANCE, large, Change.GROWN, 10_100);
		this.ledger.plan(INSTANCE, "p/small.jsonl", 300);
		assertThat(this.ledger.workList.totals(INSTANCE).bytes()).isEqualTo(200 + 300);
	}

	@Test
	void countsNothingLeftOfAFinishedFile() {
		KnownFile large = this.ledger.imported("p/large.jsonl", 10_000, 5);
		PlannedFile planned = this.ledger.plan(INSTANCE, large, Change.GROWN, 10_100);
		assertThat(this.ledger.workList.totals(INSTANCE).bytes()).isEqualTo(200);
		this.ledger.finish(planned, 6);
		assertThat(this.ledger.workList.totals(INSTANCE).bytes()).isZero();
	}

	@Test
	void returnsTheFilesOfAPartitionOneAfterTheOther() {
		for (int number = 0; number < 4; number++) {
			this.ledger.plan(INSTANCE, "p/" + number + ".jsonl", 10);
		}
		this.ledger.plan(INSTANCE + 1, this.ledger.files.find("p/0.jsonl").orElseThrow(), Change.REWRITTEN, 10);
		this.ledger.workList.deal(INSTANCE, 2);
		assertThat(dealt(2)).containsExactly(List.of(0, 2), List.of(1, 3));
		PlannedFile second = this.ledger.workList.next(INSTANCE, 0, 0).orElseThrow();
		assertThat(second.number()).isEqualTo(2);
		assertThat(second.known()).isEqualTo(this.ledger.files.find("p/2.jsonl").orElseThrow());
		assertThat(second.survey()).isEqualTo(Ledger.survey(10));
		assertThat(second.stamp()).isEqualTo(new FileStamp(10, Ledger.MODIFIED));
	}

	@Test
	void addsUpWhatWasWrittenAndFinished() {
		PlannedFile a = this.ledger.plan(INSTANCE, "p/a.jsonl", 100);
		this.ledger.plan(INSTANCE, "p/b.jsonl", 100);
		this.ledger.workList.written(a, 10, FileCoverage.of(new Coverage(1000, 4000)));
		this.ledger.workList.written(a, 3, FileCoverage.of(new Coverage(200, 200)));
		assertThat(this.ledger.workList.totals(INSTANCE)).isEqualTo(new WorkTotals(2, 0, 200, 13, 1200, 4));
		this.ledger.finish(a, 13);
		assertThat(this.ledger.workList.totals(INSTANCE).filesFinished()).isEqualTo(1);
		assertThat(this.ledger.workList.totals(INSTANCE + 1)).isEqualTo(new WorkTotals(0, 0, 0, 0, 0, 0));
		List<PlannedFileProgress> progress = this.ledger.workList.progress(INSTANCE);
		assertThat(progress).extracting(PlannedFileProgress::path).containsExactly("p/a.jsonl", "p/b.jsonl");
		assertThat(progress.getFirst().startedAt()).isNotNull().isBeforeOrEqualTo(progress.getFirst().finishedAt());
		assertThat(progress.getFirst().tokens()).isEqualTo(1200);
		assertThat(progress.getFirst().messageTokens()).isEqualTo(4200);
		assertThat(progress.getFirst().coverage()).isEqualTo(1200 / 4200.0);
		assertThat(progress.getLast().coverage()).as("nothing was written").isNull();
		assertThat(progress.getLast().startedAt()).isNull();
	}

	@Test
	void addsUpTheCoverageOfAFileThatGrows() {
		PlannedFile a = this.ledger.plan(INSTANCE, "p/a.jsonl", 100);
		this.ledger.workList.written(a, 1, FileCoverage.of(new Coverage(100, 400)));
		this.ledger.workList.written(a, 2,
				FileCoverage.of(new Coverage(100, 300)).plus(FileCoverage.of(new Coverage(50, 50))));
		this.ledger.finish(a, 3);
		assertThat(coverage("p/a.jsonl")).isEqualTo(new FileCoverage(new Coverage(250, 750), new Coverage(50, 50)));

		PlannedFile grown = grow("p/a.jsonl", INSTANCE + 1);
		this.ledger.workList.written(grown, 2,
				FileCoverage.of(new Coverage(80, 90)).plus(FileCoverage.of(new Coverage(10, 10))));
		this.ledger.finish(grown, 4);
		assertThat(coverage("p/a.jsonl")).as("its third chunk is another one now")
			.isEqualTo(new FileCoverage(new Coverage(290, 800), new Coverage(10, 10)));

		PlannedFile grownAgain = grow("p/a.jsonl", INSTANCE + 2);
		this.ledger.workList.written(grownAgain, 1, FileCoverage.of(new Coverage(20, 20)));
		this.ledger.finish(grownAgain, 5);
		assertThat(coverage("p/a.jsonl")).as("its fourth chunk has become full as it was")
			.isEqualTo(new FileCoverage(new Coverage(310, 820), new Coverage(20, 20)));

		this.ledger.finish(grow("p/a.jsonl", INSTANCE + 3), 5);
		assertThat(coverage("p/a.jsonl")).as("no message has been added")
			.isEqualTo(new FileCoverage(new Coverage(310, 820), new Coverage(20, 20)));
	}

	@Test
	void doesNotGuessTheCoverageOfChunksThatWereNotCounted() {
		this.ledger.imported("p/a.jsonl", 100, 3);
		this.ledger.jdbc.sql("update conversation_file set tokens = null, message_tokens = null").update();
		assertThat(coverage("p/a.jsonl")).isNull();

		PlannedFile grown = grow("p/a.jsonl", INSTANCE);
		this.ledger.workList.written(grown, 1, FileCoverage.of(new Coverage(10, 10)));
		this.ledger.finish(grown, 4);
		assertThat(coverage("p/a.jsonl")).as("grown").isNull();

		PlannedFile rewritten = this.ledger.plan(INSTANCE + 1, this.ledger.files.find("p/a.jsonl").orElseThrow(),
				Change.REWRITTEN, 100);
		this.ledger.workList.written(rewritten, 1, FileCoverage.of(new Coverage(10, 20)));
		this.ledger.finish(rewritten, 1);
		assertThat(coverage("p/a.jsonl")).as("read from its beginning")
			.isEqualTo(FileCoverage.of(new Coverage(10, 20)));
	}

	@Test
	void doesNotGuessWhatAnEarlierVersionHadWrittenOfAFile() {
		PlannedFile begun = this.ledger.plan(INSTANCE, "p/a.jsonl", 100);
		this.ledger.jdbc
			.sql("update planned_file set chunks_written = 2, tokens_written = 500, message_tokens_written = null")
			.update();
		this.ledger.workList.written(begun, 1, FileCoverage.of(new Coverage(10, 10)));
		assertThat(this.ledger.workList.progress(INSTANCE).getFirst().coverage()).isNull();
		this.ledger.finish(begun, 3);
		assertThat(coverage("p/a.jsonl")).isNull();
	}

	@Test
	void nothingHasBeenWrittenOfAFileWithoutChunks() {
		this.ledger.register("p/a.jsonl");
		assertThat(coverage("p/a.jsonl")).isEqualTo(FileCoverage.NONE);
	}

	private PlannedFile grow(String path, long instance) {
		return this.ledger.plan(instance, this.ledger.files.find(path).orElseThrow(), Change.GROWN, 200);
	}

	private @Nullable FileCoverage coverage(String path) {
		return this.ledger.files.find(path).orElseThrow().coverage();
	}

	@Test
	void countsEachExecutionByItself() {
		this.ledger.executions.begin(1, INSTANCE);
		this.ledger.executions.begin(2, INSTANCE);
		this.ledger.executions.begin(3, INSTANCE + 1);
		this.ledger.executions.add(1, new ExecutionCounts(1, 10, null, 500, 900L));
		this.ledger.executions.add(2, new ExecutionCounts(0, 2, 1, 5_000_000_000L, 6_000_000_000L));
		this.ledger.executions.add(2, new ExecutionCounts(1, 3, 3, 1, 1L));
		assertThat(this.ledger.executions.of(INSTANCE)).containsOnly(
				Map.entry(1L, new ExecutionCounts(1, 10, null, 500, 900L)),
				Map.entry(2L, new ExecutionCounts(1, 5, 4, 5_000_000_001L, 6_000_000_001L)));
	}

	private List<List<Integer>> dealt(int partitions) {
		List<List<Integer>> dealt = new ArrayList<>();
		for (int partition = 0; partition < partitions; partition++) {
			List<Integer> numbers = new ArrayList<>();
			Optional<PlannedFile> next = this.ledger.workList.next(INSTANCE, partition, -1);
			while (next.isPresent()) {
				numbers.add(next.get().number());
				next = this.ledger.workList.next(INSTANCE, partition, next.get().number());
			}
			dealt.add(numbers);
		}
		return dealt;
	}

}
