package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

import io.reflectbatch.conversation.SyntheticLogs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the store in the end depends neither on the number of workers nor on the
 * commit interval, nor on interruptions, to the last bit of a vector.
 */
class ParallelImportTests {

	@TempDir
	Path directory;

	private Path logs = Path.of("");

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = this.directory.resolve("logs");
		SyntheticLogs.seeded(42).projects(2).filesPerProject(4).linesPerFile(20).writeTo(this.logs);
	}

	@Test
	void workersAndCommitIntervalDoNotMatter() {
		List<String> ledger;
		SortedMap<String, ImportedPoint> points;
		try (TestApplication one = start("one", 1, 1)) {
			assertThat(one.importNew().chunks()).isEqualTo(one.points().size()).isGreaterThan(10);
			points = one.points();
			ledger = one.ledger();
		}
		try (TestApplication four = start("four", 4, 10)) {
			four.store().beforeUpsert(3, StoreProbe::fail).afterUpsert(5, StoreProbe::fail);
			assertThat(four.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			four.store().clear();
			assertThat(four.run().getLast().getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(four.points()).isEqualTo(points);
			assertThat(four.ledger()).isEqualTo(ledger);
		}
	}

	private TestApplication start(String home, int workers, int commitInterval) {
		return TestApplication.start(this.directory.resolve(home), this.logs, "reflect.run.workers=" + workers,
				"reflect.run.commit-interval=" + commitInterval);
	}

}
