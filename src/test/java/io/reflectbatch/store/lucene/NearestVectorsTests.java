package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An index of three segments, in which every seventh document was deleted, every fifth
 * has no vector, and every third is green.
 */
class NearestVectorsTests {

	private static final int COUNT = 300;

	private static final TermQuery GREEN = new TermQuery(new Term("colour", "green"));

	private final Random random = new Random(7);

	private final float[] question = vector();

	private final List<ScoreDoc> red = new ArrayList<>();

	private final List<ScoreDoc> green = new ArrayList<>();

	private final Directory directory = new ByteBuffersDirectory();

	@BeforeEach
	void write() throws IOException {
		IndexWriterConfig settings = new IndexWriterConfig().setCodec(new ExactSearchCodec())
			.setMergePolicy(NoMergePolicy.INSTANCE);
		try (IndexWriter writer = new IndexWriter(this.directory, settings)) {
			for (int number = 0; number < COUNT; number++) {
				writer.addDocument(document(number));
				if (number % 100 == 99) {
					writer.commit();
				}
			}
			for (int number = 0; number < COUNT; number += 7) {
				writer.deleteDocuments(new Term("number", String.valueOf(number)));
			}
		}
	}

	@AfterEach
	void close() throws IOException {
		this.directory.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, 10", "7, 1", "64, 10", "100, 50", "1000, 10", "7, 1000" })
	void findsWhatComparingEachFinds(int share, int limit) throws IOException {
		List<ScoreDoc> all = new ArrayList<>(this.red);
		all.addAll(this.green);
		assertThat(search(share, null, limit)).containsExactlyElementsOf(documents(all, limit));
		assertThat(search(share, GREEN, limit)).containsExactlyElementsOf(documents(this.green, limit));
	}

	@Test
	void findsNothingWhereNothingIsAllowed() throws IOException {
		assertThat(search(64, new TermQuery(new Term("colour", "blue")), 10)).isEmpty();
	}

	@Test
	void findsNothingWithoutVectors() throws IOException {
		try (DirectoryReader reader = DirectoryReader.open(this.directory)) {
			assertThat(new NearestVectors("other", 64).search(new IndexSearcher(reader), this.question, null, 10))
				.isEmpty();
		}
	}

	private List<Integer> search(int share, @Nullable TermQuery restriction, int limit) throws IOException {
		try (DirectoryReader reader = DirectoryReader.open(this.directory)) {
			assertThat(reader.leaves()).hasSize(3);
			ScoreDoc[] found = new NearestVectors("vector", share).search(new IndexSearcher(reader), this.question,
					restriction, limit);
			return List.of(found).stream().map((hit) -> hit.doc).toList();
		}
	}

	private static List<Integer> documents(List<ScoreDoc> expected, int limit) {
		return expected.stream()
			.sorted(Comparator.comparingDouble((ScoreDoc hit) -> -hit.score))
			.limit(limit)
			.map((hit) -> hit.doc)
			.toList();
	}

	private Document document(int number) {
		boolean isGreen = number % 3 == 0;
		Document document = new Document();
		document.add(new StringField("number", String.valueOf(number), Store.NO));
		document.add(new StringField("colour", isGreen ? "green" : "red", Store.NO));
		if (number % 5 != 0) {
			float[] vector = vector();
			document.add(new KnnFloatVectorField("vector", vector, VectorSimilarityFunction.DOT_PRODUCT));
			if (number % 7 != 0) {
				(isGreen ? this.green : this.red)
					.add(new ScoreDoc(number, VectorUtil.dotProduct(this.question, vector)));
			}
		}
		return document;
	}

	private float[] vector() {
		float[] vector = new float[18];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) this.random.nextGaussian();
		}
		return VectorUtil.l2normalize(vector);
	}

}
