package io.reflectbatch.watch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a watch can be found from its data directory; from another process, see
 * {@code WatchIT}.
 */
class WatchMarkTests {

	@TempDir
	private Path home;

	@Test
	void findsNoWatchWhereThereHasNeverBeenOne() throws IOException {
		assertThat(new WatchMark(this.home).find()).isEmpty();
		assertThat(this.home).isEmptyDirectory();
	}

	@Test
	void findsTheWatchAsLongAsItRuns() throws IOException {
		WatchMark mark = new WatchMark(this.home);
		try (Closeable watch = mark.set()) {
			assertThat(watch).isNotNull();
			assertThat(mark.find()).hasValue(new WatchMark.Watcher(ProcessHandle.current().pid(), true));
			assertThat(mark.find()).as("asked again").isPresent();
		}
		assertThat(mark.find()).isEmpty();
		assertThat(this.home.resolve("watch-process")).as("what a killed one leaves").isNotEmptyFile();
	}

	@Test
	void aSecondWatchLeavesTheMarkOfTheFirst() throws IOException {
		WatchMark mark = new WatchMark(this.home);
		try (Closeable first = mark.set(); Closeable second = mark.set()) {
			assertThat(first).isNotSameAs(second);
			assertThat(mark.find())
				.hasValueSatisfying((watch) -> assertThat(watch.process()).isEqualTo(ProcessHandle.current().pid()));
		}
	}

	@Test
	void aProcessOfAnotherContainerCannotBeEndedFromHere() throws IOException {
		WatchMark mark = new WatchMark(this.home);
		try (Closeable watch = mark.set()) {
			assertThat(watch).isNotNull();
			Files.writeString(this.home.resolve("watch-process"), "4711\npid:[1]");
			assertThat(mark.find()).hasValue(new WatchMark.Watcher(4711, false));
			assertThat(new WatchMark.Watcher(1, true).here()).as("the first process of this container").isFalse();
		}
	}

}
