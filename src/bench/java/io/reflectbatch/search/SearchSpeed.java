package io.reflectbatch.search;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.lucene.LuceneConversationStore;
import io.reflectbatch.store.qdrant.QdrantConversationStore;
import io.reflectbatch.store.qdrant.QdrantSettings;

/**
 * Fills a store with made-up points and measures how long searches take when everything
 * is warm. Usage: {@code fill|warm HOME POINTS [QDRANT_URL]}.
 * <p>
 * The points are always the same: 20 projects of very different sizes, chunks of 40 to
 * 200 words that are as rare or frequent as words are (Zipf), vectors in clusters.
 */
final class SearchSpeed {

	private static final int DIMENSION = 384;

	private static final int PROJECTS = 20;

	private static final int VOCABULARY = 60_000;

	private static final int CLUSTERS = 500;

	private static final int CHUNKS_A_CONVERSATION = 40;

	private static final int UPSERT = 500;

	private static final List<String> QUESTIONS = List.of("how do I stop a running container",
			"QDRANT__SERVICE__GRPC_PORT", "w120 w4711 w7 w30000", "why did the import run out of memory last week",
			"\u6570\u636e\u5e93\u8fde\u63a5\u6c60 timeout");

	private final Random random = new Random(42);

	private final double[] frequencies = zipf();

	private final float[][] centres = new float[CLUSTERS][];

	private SearchSpeed() {
		for (int i = 0; i < CLUSTERS; i++) {
			this.centres[i] = gaussian();
		}
	}

	public static void main(String[] arguments) {
		Path home = Path.of(arguments[1]);
		int points = Integer.parseInt(arguments[2]);
		try (ConversationStore store = (arguments.length > 3) ? qdrant(URI.create(arguments[3]))
				: new LuceneConversationStore(home.resolve("lucene"), new VectorSpace("local", DIMENSION))) {
			if (arguments[0].equals("fill")) {
				new SearchSpeed().fill(store, points);
			}
			else {
				warm(store, home);
			}
		}
	}

	private static ConversationStore qdrant(URI url) {
		return new QdrantConversationStore(
				new QdrantSettings(url, null, null, Duration.ofMinutes(2), Duration.ofMinutes(2)), new VectorSpace("local", DIMENSION));
	}

	private void fill(ConversationStore store, int count) {
		long start = System.nanoTime();
		Map<String, List<Point>> waiting = new HashMap<>();
		for (int number = 0; number < count; number++) {
			String project = "-home-dev-project-" + project();
			List<Point> points = waiting.computeIfAbsent(project, (key) -> new ArrayList<>());
			points.add(point(project, number));
			if (points.size() == UPSERT) {
				write(store, project, points);
			}
		}
		waiting.forEach((project, points) -> write(store, project, points));
		System.out.printf(Locale.ROOT, "%d points in %.1f s%n", count, (System.nanoTime() - start) / 1e9);
	}

	private static void write(ConversationStore store, String project, List<Point> points) {
		String collection = PointIds.collection(project);
		store.ensureCollection(collection);
		store.upsert(collection, points);
		points.clear();
	}

	private int project() {
		return (int) (PROJECTS * Math.pow(this.random.nextDouble(), 2));
	}

	private Point point(String project, int number) {
		String conversation = project + "-" + number / (CHUNKS_A_CONVERSATION * PROJECTS);
		Instant time = Instant.parse("2026-01-01T00:00:00Z").plus(number % 300, ChronoUnit.DAYS);
		boolean user = this.random.nextInt(3) == 0;
		return new Point(PointIds.id(conversation, number), vector(),
				Map.of(Point.TEXT, (user ? "USER: " : "ASSISTANT: ") + text(), Point.CONVERSATION_ID, conversation,
						Point.CHUNK_INDEX, number, Point.TIMESTAMP, time.toString(), Point.PROJECT, project,
						Point.START_ROLE, user ? "user" : "assistant", Point.LINE, number % 1000 + 1,
						Point.MESSAGE_COUNT, 3, Point.FIRST_MESSAGE, number, Point.LAST_MESSAGE, number + 2));
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int words = 40 + this.random.nextInt(160); words > 0; words--) {
			text.append(word()).append((words % 12 == 0) ? ".\n" : " ");
		}
		if (this.random.nextInt(1000) == 0) {
			text.append("set QDRANT__SERVICE__GRPC_PORT and stop the running container");
		}
		return text.toString();
	}

	private String word() {
		int rank = Arrays.binarySearch(this.frequencies, this.random.nextDouble());
		return "w" + Math.min(VOCABULARY - 1, (rank < 0) ? -rank - 1 : rank);
	}

	private static double[] zipf() {
		double[] cumulated = new double[VOCABULARY];
		double sum = 0;
		for (int rank = 0; rank < VOCABULARY; rank++) {
			sum += 1.0 / (rank + 2.7);
			cumulated[rank] = sum;
		}
		for (int rank = 0; rank < VOCABULARY; rank++) {
			cumulated[rank] /= sum;
		}
		return cumulated;
	}

	private float[] vector() {
		float[] centre = this.centres[this.random.nextInt(CLUSTERS)];
		float[] vector = gaussian();
		double length = 0;
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] += centre[i];
			length += vector[i] * vector[i];
		}
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] /= (float) Math.sqrt(length);
		}
		return vector;
	}

	private float[] gaussian() {
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] = (float) this.random.nextGaussian();
		}
		return vector;
	}

	private static void warm(ConversationStore store, Path home) {
		try (Embedder embedder = Embedder.open(Precision.INT8, 256, home)) {
			ConversationSearch search = new ConversationSearch(store, () -> embedder, (script) -> true, Clock.systemUTC());
			for (SearchMode mode : SearchMode.values()) {
				for (String question : QUESTIONS) {
					SearchRequest request = new SearchRequest(question, 5, mode, null, null, null, null, null, true);
					double[] millis = new double[60];
					for (int i = 0; i < millis.length; i++) {
						long start = System.nanoTime();
						search.search(request);
						millis[i] = (System.nanoTime() - start) / 1e6;
					}
					double first = millis[0];
					double[] warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
					Arrays.sort(warm);
					System.out.printf(Locale.ROOT, "%-8s first %6.1f ms, median %5.1f ms, worst %5.1f ms  %s%n", mode,
							first, warm[warm.length / 2], warm[warm.length - 1], question);
				}
			}
		}
	}


}
