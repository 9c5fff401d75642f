package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.reflectbatch.store.ConversationStoreContract;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.WordQuery;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * An index as the first version wrote it, without words and times.
 */
class IndexUpgradeTests {

	private static final String COLLECTION = PointIds.collection("-home-dev-app");

	private static final int DIMENSION = 8;

	private static final int COUNT = 300;

	@TempDir
	private Path directory;

	@BeforeEach
	void writeAsTheFirstVersionDid() throws IOException {
		try (Directory files = FSDirectory.open(this.directory); IndexWriter writer = writer(files)) {
			for (int id = 0; id < COUNT; id++) {
				writer.addDocument(document(id));
				if (id % 100 == 50) {
					writer.commit();
				}
			}
			writer.deleteDocuments(new Term("key", COLLECTION + "/7"));
			writer.setLiveCommitData(Map.of(COLLECTION, String.valueOf(DIMENSION)).entrySet());
		}
	}

	private static IndexWriter writer(Directory files) throws IOException {
		return new IndexWriter(files, new IndexWriterConfig().setCodec(new ExactSearchCodec()));
	}

	private static Document document(int id) {
		Document document = new Document();
		document.add(new StringField("key", COLLECTION + "/" + id, Store.NO));
		document.add(new StringField("collection", COLLECTION, Store.YES));
		document.add(new StoredField("id", (long) id));
		document.add(new StoredField("payload", """
				{"text":"USER: the word%d","timestamp":"2026-01-01T00:00:00Z","conversation_id":"c","chunk_index":%d}"""
			.formatted(id, id)));
		document.add(new KnnFloatVectorField("vector_8", ConversationStoreContract.unit(id % DIMENSION),
				VectorSimilarityFunction.DOT_PRODUCT));
		document.add(new StringField("conversation_id", "c", Store.NO));
		document.add(new IntPoint("chunk_index", id));
		return document;
	}

	@Test
	void isSearchedByMeaningAsItIs() {
		try (LuceneConversationStore store = open()) {
			assertThat(store.count(COLLECTION)).isEqualTo(COUNT - 1);
			assertThat(store.search(ConversationStoreContract.unit(1), List.of(COLLECTION), 5)).hasSize(5);
		}
		assertThat(this.directory.resolve("write.lock")).isEmptyFile();
	}

	@Test
	void getsItsWordsAndTimesWhenTheyAreAskedFor() {
		try (LuceneConversationStore store = open()) {
			assertThat(ids(store, "word17")).containsExactly(17L);
			assertThat(ids(store, "word7")).isEmpty();
			PointFilter since = new PointFilter(List.of(COLLECTION), Instant.parse("2025-01-01T00:00:00Z"), null,
					List.of());
			List<ScoredPoint> nearest = store.search(ConversationStoreContract.unit(3), since, 1);
			assertThat(nearest).singleElement()
				.satisfies((point) -> assertThat(point.score()).isCloseTo(1, within(1e-6)));
			assertThat(store.count(COLLECTION)).isEqualTo(COUNT - 1);
		}
	}

	@Test
	void getsThemWithTheNextChange() {
		try (LuceneConversationStore store = open()) {
			store.upsert(COLLECTION,
					List.of(new Point(1, ConversationStoreContract.unit(0), Map.of(Point.TEXT, "another"))));
			store.deleteFrom(COLLECTION, "c", 200);
		}
		try (LuceneConversationStore store = open()) {
			assertThat(ids(store, "another")).containsExactly(1L);
			assertThat(ids(store, "word17")).containsExactly(17L);
			assertThat(ids(store, "word250")).isEmpty();
			assertThat(store.count(COLLECTION)).isEqualTo(199);
		}
	}

	@Test
	void staysAsItWasWhenTheUpgradeIsCutOff() throws IOException {
		try (Directory files = FSDirectory.open(this.directory)) {
			IndexWriter writer = writer(files);
			new IndexUpgrade(new PointDocuments(DIMENSION)).run(writer);
			writer.rollback();
		}
		try (LuceneConversationStore store = open()) {
			assertThat(store.count(COLLECTION)).isEqualTo(COUNT - 1);
			assertThat(ids(store, "word17")).containsExactly(17L);
		}
	}

	@Test
	void saysWhyItCannotBeUpgraded() throws IOException {
		try (Directory files = FSDirectory.open(this.directory);
				IndexWriter writer = writer(files);
				LuceneConversationStore store = open()) {
			assertThat(writer.isOpen()).isTrue();
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> ids(store, "word17"))
				.withMessageContainingAll("be brought up to date", "another process is writing");
		}
	}

	private LuceneConversationStore open() {
		return new LuceneConversationStore(this.directory, new VectorSpace("local", DIMENSION));
	}

	private static List<Long> ids(LuceneConversationStore store, String question) {
		return store.search(WordQuery.of(question), PointFilter.in(List.of(COLLECTION)), 5)
			.stream()
			.map(ScoredPoint::id)
			.toList();
	}

}
