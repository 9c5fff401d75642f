package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.VectorSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(120)
class LuceneConversationStoreTests extends ConversationStoreContract {

	private static final String COLLECTION = WritingProcess.COLLECTION;

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	Path home;

	@Override
	protected ConversationStore connect(VectorSpace space) {
		return new LuceneConversationStore(index(), space);
	}

	private Path index() {
		return this.home.resolve("lucene");
	}

	@Test
	void readingCreatesNothing() {
		ConversationStore store = open();
		store.verifyReachable();
		assertThat(store.search(unit(0), List.of(COLLECTION), 1)).isEmpty();
		assertThat(store.collections()).isEmpty();
		assertThat(index()).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 150, 500 })
	void keepsWhatHasReturnedWhenTheProcessIsHalted(int milliseconds) throws Exception {
		int calls = countOfCallsUntilHalted(Duration.ofMillis(milliseconds));
		ConversationStore store = open();
		assertThat(idsIn(store)).contains(idsOf(calls));
		store.upsert(COLLECTION, points("afterwards", 1));
	}

	private int countOfCallsUntilHalted(Duration time) throws Exception {
		try (WritingProcess process = WritingProcess.start(index(), time)) {
			return process.awaitEnd();
		}
	}

	@Test
	void readsWhileAnotherProcessWrites() throws Exception {
		ConversationStore store = open();
		assertThat(store.count(COLLECTION)).isZero();
		try (WritingProcess process = WritingProcess.start(index(), LONG)) {
			for (int i = 0; i < 20; i++) {
				int calls = process.awaitCall();
				assertThat(store.count(COLLECTION)).isGreaterThanOrEqualTo((long) calls * WritingProcess.POINTS_A_CALL);
				assertThat(idsIn(store)).contains(idsOf(calls));
			}
		}
	}

	@Test
	void saysThatAnotherProcessWrites() throws Exception {
		ConversationStore store = open();
		try (WritingProcess process = WritingProcess.start(index(), LONG)) {
			process.awaitCall();
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> store.upsert(COLLECTION, points("ours", 1)))
				.withMessageContainingAll(index().toString(), "another process is writing", "write.lock",
						"Wait until that import or watch has ended");
		}
		store.upsert(COLLECTION, points("ours", 1));
	}

	@Test
	void saysThatTheIndexIsDamaged() throws IOException {
		filled(open(), 3);
		try (Stream<Path> files = Files.list(index())) {
			for (Path file : files.filter((file) -> file.toString().contains("segments_")).toList()) {
				Files.writeString(file, "damaged");
			}
		}
		ConversationStore store = new LuceneConversationStore(index(), new VectorSpace("local", DIMENSION));
		assertThatExceptionOfType(StoreRejectedException.class).isThrownBy(store::verifyReachable)
			.withMessageContainingAll(index().toString(), "Expected an undamaged index", "--reimport");
	}

	@Test
	void saysThatTheDirectoryCannotBeWritten() throws IOException {
		Files.writeString(index(), "a file");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> open().ensureCollection(COLLECTION))
			.withMessageContainingAll(index().toString(), "could not create collection", "Is the directory");
	}

	@Test
	void writesAgainAfterAnInterruption() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> store.upsert(collection, points("interrupted", 1)));
		assertThat(Thread.interrupted()).isTrue();
		store.upsert(collection, points("afterwards", 2));
		assertThat(store.search(unit(0), List.of(collection), 10)).extracting(ScoredPoint::id)
			.contains(PointIds.id("conversation", 0), PointIds.id("afterwards", 1));
	}

	@Test
	void aDroppedCollectionLeavesItsSpaceOnTheDisk() throws IOException {
		ConversationStore store = open();
		String former = filled(store, 1);
		store.close();
		ConversationStore other = connect(new VectorSpace("other_8_0123abcd", DIMENSION));
		other.ensureCollection(other.collectionOf("project"));
		other.upsert(other.collectionOf("project"), points("conversation", 1));
		other.close();
		ConversationStore again = open();
		again.upsert(former, points("long", 2_000));
		again.close();
		long before = size();
		ConversationStore dropping = connect(new VectorSpace("other_8_0123abcd", DIMENSION));
		dropping.drop(former);
		dropping.close();
		assertThat(size()).isLessThan(before / 4);
	}

	private long size() throws IOException {
		try (Stream<Path> files = Files.list(index())) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	private static List<Long> idsIn(ConversationStore store) {
		return store.search(unit(0), List.of(COLLECTION), 100_000).stream().map(ScoredPoint::id).toList();
	}

	private static Long[] idsOf(int calls) {
		return IntStream.range(0, calls * WritingProcess.POINTS_A_CALL)
			.mapToObj((chunk) -> PointIds.id("conversation", chunk))
			.toArray(Long[]::new);
	}

}
