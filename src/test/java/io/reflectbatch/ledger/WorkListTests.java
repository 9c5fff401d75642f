package io.reflectbatch.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkList} and {@link ExecutionLog}.
 */
@ParameterizedClass
@EnumSource
class WorkListTests {

	private static final long INSTANCE = 7;

	private final Ledger ledger;

	WorkListTests(TestDatabase database) {
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
		this.ledger.workList.written(a, 10, 1000);
		this.ledger.workList.written(a, 3, 200);
		assertThat(this.ledger.workList.totals(INSTANCE)).isEqualTo(new WorkTotals(2, 0, 200, 13, 1200, 4));
		this.ledger.finish(a, 13);
		assertThat(this.ledger.workList.totals(INSTANCE).filesFinished()).isEqualTo(1);
		assertThat(this.ledger.workList.totals(INSTANCE + 1)).isEqualTo(new WorkTotals(0, 0, 0, 0, 0, 0));
		List<PlannedFileProgress> progress = this.ledger.workList.progress(INSTANCE);
		assertThat(progress).extracting(PlannedFileProgress::path).containsExactly("p/a.jsonl", "p/b.jsonl");
		assertThat(progress.getFirst().startedAt()).isNotNull().isBeforeOrEqualTo(progress.getFirst().finishedAt());
		assertThat(progress.getFirst().tokens()).isEqualTo(1200);
		assertThat(progress.getLast().startedAt()).isNull();
	}

	@Test
	void countsEachExecutionByItself() {
		this.ledger.executions.begin(1, INSTANCE);
		this.ledger.executions.begin(2, INSTANCE);
		this.ledger.executions.begin(3, INSTANCE + 1);
		this.ledger.executions.add(1, new ExecutionCounts(1, 10, 500));
		this.ledger.executions.add(2, new ExecutionCounts(0, 2, 5_000_000_000L));
		this.ledger.executions.add(2, new ExecutionCounts(1, 3, 1));
		assertThat(this.ledger.executions.of(INSTANCE)).containsOnly(Map.entry(1L, new ExecutionCounts(1, 10, 500)),
				Map.entry(2L, new ExecutionCounts(1, 5, 5_000_000_001L)));
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
