package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.reflectbatch.conversation.TokenCounter;
import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.graph.TinyModel;
import io.reflectbatch.ledger.Coverage;
import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.operations.PruneReport;
import io.reflectbatch.operations.PruneRequest;
import io.reflectbatch.operations.Pruning;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Imports with another model than the one that comes with the application, and moves
 * between models.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherModelTests {

	private static final String PROJECT = "-home-dev-app";

	private static final String ONE = PROJECT + "/one.jsonl";

	private static final String TWO = PROJECT + "/two.jsonl";

	private static final int CHUNKS = 8;

	@TempDir
	Path directory;

	private Path home = Path.of("");

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogsAndModel() throws IOException {
		this.home = this.directory.resolve("home");
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(ONE, conversation("one", 0, 9)).write(TWO, conversation("two", 0, 5));
		TinyModel.write(this.directory.resolve("tiny"), 16, 1);
	}

	@Test
	void anotherModelHasCollectionsOfItsOwn() {
		try (TestApplication application = startWithTiny()) {
			assertThat(application.importNew().chunks()).isEqualTo(CHUNKS);
			ConversationStore store = application.bean(ConversationStore.class);
			assertThat(store.collections()).hasSize(1)
				.allMatch((collection) -> collection.matches("conv_[0-9a-f]{8}_tiny_16_[0-9a-f]{8}"));
			assertThat(application.file(ONE).recipe().model()).matches("tiny_16_[0-9a-f]{8}/256");
			ScoredPoint best = store
				.search(application.bean(Embedder.class).embedQuestion(text(store, "two", 1)).vector(),
						store.collections(), 1)
				.getFirst();
			assertThat(best.id()).isEqualTo(PointIds.id("two", 1));
			assertThat(application.importNew().files()).isZero();
		}
	}

	@Test
	void anImportWithAnotherModelImportsEverythingAndMixesNothing() {
		try (TestApplication application = start()) {
			application.importNew();
		}
		try (TestApplication application = startWithTiny()) {
			assertThat(application.importNew().files()).isEqualTo(2);
			ConversationStore store = application.bean(ConversationStore.class);
			assertThat(store.collections()).containsExactly(store.collectionOf(PROJECT));
			assertThat(store.count(store.collectionOf(PROJECT))).isEqualTo(CHUNKS);
			assertThat(store.count(PointIds.collection(PROJECT))).isEqualTo(CHUNKS);
			assertThat(store.everyCollectionOf(PROJECT)).hasSize(2);
		}
	}

	@Test
	void warnsOnceThatWhatWasMovedIsEmbeddedAnew(CapturedOutput output) {
		try (TestApplication application = start()) {
			application.importNew();
		}
		String tiny;
		try (TestApplication application = startWithTiny()) {
			reembed(application);
			application.importNew();
			tiny = application.file(ONE).recipe().family();
		}
		assertThat(output).doesNotContain("WARN");
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(output).containsOnlyOnce("WARN")
				.contains("Logs embedded by the model " + tiny + ": 2. This import uses all-minilm-l6-v2 and",
						"--job-file", "reflect reembed");
			application.importNew();
			assertThat(output).containsOnlyOnce("WARN");
		}
	}

	@Test
	void movesWhatWasImportedWithoutItsLogs() throws IOException {
		Map<Long, Map<String, Object>> before;
		try (TestApplication application = start()) {
			application.importNew();
			before = payloads(application, PointIds.collection(PROJECT));
		}
		Files.delete(this.logs.path(TWO));
		try (TestApplication application = startWithTiny()) {
			JobExecution execution = reembed(application).getLast();
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(application.totals(execution).files()).isEqualTo(2);
			assertMoved(application, before);
			assertThat(application.isModelLoaded()).isTrue();
		}
		try (TestApplication application = startWithTiny()) {
			assertThat(application.totals(reembed(application).getLast()).files()).isZero();
			assertThat(application.isModelLoaded()).isFalse();
		}
	}

	// The process may have died of their logs; no log is read here.
	@Test
	void movesWhatIsInQuarantineOrUnderSuspicion() {
		Map<Long, Map<String, Object>> before;
		try (TestApplication application = start()) {
			application.importNew();
			before = payloads(application, PointIds.collection(PROJECT));
			JdbcClient jdbc = application.bean(JdbcClient.class);
			for (int death = 0; death < 3; death++) {
				jdbc.sql("insert into file_death (file_id, job_execution_id, evidence)"
						+ " select id, ?, 'killed' from conversation_file")
					.param(1000 + death)
					.update();
			}
			jdbc.sql("update conversation_file set status = 'QUARANTINED' where path = ?").param(ONE).update();
		}
		try (TestApplication application = startWithTiny()) {
			assertThat(application.totals(reembed(application).getLast()).filesFinished()).isEqualTo(2);
			assertMoved(application, before);
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.QUARANTINED);
			assertThat(pruning(application).prune(model("all-minilm-l6-v2")).collections()).hasSize(1);
		}
	}

	private void assertMoved(TestApplication application, Map<Long, Map<String, Object>> payloads) {
		ConversationStore store = application.bean(ConversationStore.class);
		assertThat(payloads(application, store.collectionOf(PROJECT))).isEqualTo(payloads).hasSize(CHUNKS);
		assertThat(application.file(ONE).recipe().model()).startsWith("tiny_16_");
		float[] vector = application.bean(Embedder.class).embedWhole(text(store, "two", 2)).vector();
		ScoredPoint best = store.search(vector, store.collections(), 1).getFirst();
		assertThat(best.id()).isEqualTo(PointIds.id("two", 2));
		assertThat(best.score()).isGreaterThan(0.9999);
	}

	@Test
	void anImportGoesOnAfterTheMove() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
		}
		try (TestApplication application = startWithTiny()) {
			reembed(application);
			assertTokensCounted(application);
			assertThat(application.importNew().files()).isZero();
			this.logs.append(TWO, user("u9", "something new"));
			assertThat(application.importNew().files()).isEqualTo(1);
			ConversationStore store = application.bean(ConversationStore.class);
			assertThat(application.file(TWO).outcome().chunks()).isPositive();
			assertThat(store.count(store.collectionOf(PROJECT)))
				.isEqualTo(application.file(ONE).outcome().chunks() + (long) application.file(TWO).outcome().chunks());
			assertTokensCounted(application);
		}
	}

	// By the tokenizer of this model, in the texts that are stored.
	private static void assertTokensCounted(TestApplication application) {
		TokenCounter counter = application.bean(Embedder.class).tokenCounter();
		String collection = application.bean(ConversationStore.class).collectionOf(PROJECT);
		for (String file : List.of(ONE, TWO)) {
			KnownFile known = application.file(file);
			long tokens = payloads(application, collection).values()
				.stream()
				.filter((payload) -> known.conversationId().equals(payload.get("conversation_id")))
				.mapToLong((payload) -> counter.tokenEnds((String) payload.getOrDefault("text", "")).length)
				.sum();
			assertThat(known.coverage()).isNotNull()
				.extracting(FileCoverage::all)
				.isEqualTo(new Coverage(tokens, tokens));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void goesOnWhereTheStoreFailed(int upsert) {
		Map<Long, Map<String, Object>> before;
		try (TestApplication application = start()) {
			application.importNew();
			before = payloads(application, PointIds.collection(PROJECT));
		}
		int written;
		try (TestApplication application = startWithTiny()) {
			application.store().afterUpsert(upsert, StoreProbe::fail);
			JobExecution failed = reembed(application).getLast();
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			written = application.totals(failed).chunks();
		}
		try (TestApplication application = startWithTiny()) {
			List<JobExecution> executions = reembed(application);
			assertThat(executions).hasSize(2).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.totals(executions.getFirst()).chunks()).isEqualTo(CHUNKS);
			assertThat(application.store().points()).isEqualTo(CHUNKS - written);
			assertMoved(application, before);
		}
	}

	@Test
	void whatAnImportHasRenewedMeanwhileIsLeftAsItIs() {
		try (TestApplication application = start()) {
			application.importNew();
		}
		try (TestApplication application = startWithTiny()) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			reembed(application);
			assertThat(application.importNew().files()).isEqualTo(1);
			int points = application.store().points();
			List<JobExecution> executions = reembed(application);
			assertThat(application.store().points()).isEqualTo(points);
			assertThat(application.bean(WorkList.class).progress(executions.getFirst().getJobInstanceId()))
				.extracting(PlannedFileProgress::state)
				.containsOnly(PlannedFileProgress.State.DONE);
		}
	}

	@Test
	void aChunkThatTheStoreHasLostIsReadFromItsLogAgain() {
		try (TestApplication application = start()) {
			application.importNew();
			application.bean(ConversationStore.class)
				.delete(PointIds.collection(PROJECT), List.of(PointIds.id("one", 1)));
		}
		try (TestApplication application = startWithTiny()) {
			assertThat(application.totals(reembed(application).getLast()).chunks()).isEqualTo(CHUNKS - 1);
			assertThat(application.importNew().files()).isEqualTo(1);
			ConversationStore store = application.bean(ConversationStore.class);
			assertThat(store.count(store.collectionOf(PROJECT))).isEqualTo(CHUNKS);
		}
	}

	@Test
	void movesNothingWhileAnImportIsHalfDone() {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(2, StoreProbe::fail);
			application.run();
		}
		try (TestApplication application = startWithTiny()) {
			assertThatExceptionOfType(UnfinishedImportException.class).isThrownBy(() -> reembed(application))
				.withMessageContaining("Finish it first, with the model it had: reflect restart 1");
		}
	}

	@Test
	void prunesTheModelBeforeOnceEverythingHasMoved() {
		try (TestApplication application = start()) {
			application.importNew();
			assertThatExceptionOfType(ModelInUseException.class)
				.isThrownBy(() -> pruning(application).preview(model("all-MiniLM-L6-v2")))
				.withMessageContainingAll("all-minilm-l6-v2", "is the one in use", "--job-file");
		}
		try (TestApplication application = startWithTiny()) {
			assertThatExceptionOfType(ModelInUseException.class)
				.isThrownBy(() -> pruning(application).prune(model("all-minilm-l6-v2")))
				.withMessageContainingAll(ONE + " and 1 further files", "reflect reembed");
			reembed(application);
			ConversationStore store = application.bean(ConversationStore.class);
			PruneReport.Collection former = new PruneReport.Collection(PointIds.collection(PROJECT), "all-minilm-l6-v2",
					PROJECT, CHUNKS, 0);
			assertThat(pruning(application).preview(model("all-minilm-l6-v2")).collections()).containsExactly(former);
			assertThat(store.count(PointIds.collection(PROJECT))).isEqualTo(CHUNKS);
			assertThat(pruning(application).prune(model("all-minilm-l6-v2")).collections()).containsExactly(former);
			assertThat(store.everyCollection()).containsExactly(store.collectionOf(PROJECT));
			assertThat(store.count(store.collectionOf(PROJECT))).isEqualTo(CHUNKS);
			assertThat(application.importNew().files()).isZero();
			assertThat(pruning(application).prune(model("all-minilm-l6-v2")).unknown())
				.containsExactly("all-minilm-l6-v2");
		}
	}

	// With servers: both models have collections in the same Qdrant, and the ledger
	// counts
	// rows as PostgreSQL does.
	@Test
	void movesAndPrunesInQdrantWithTheLedgerInPostgresql() {
		QdrantServer qdrant = QdrantServer.shared();
		String former = PointIds.collection(PROJECT);
		qdrant.delete(former);
		String[] servers = { "spring.datasource.url=" + TestDatabase.POSTGRESQL.newUrl(), "reflect.store.type=qdrant",
				"reflect.store.qdrant.url=" + qdrant.url() };
		Map<Long, Map<String, Object>> before;
		try (TestApplication application = start(List.of(servers))) {
			application.importNew();
			addAsOthersDo(qdrant, former);
			before = payloads(application, former);
		}
		List<String> tiny = new ArrayList<>(tiny());
		tiny.addAll(List.of(servers));
		try (TestApplication application = start(tiny)) {
			application.store().afterUpsert(3, StoreProbe::fail);
			assertThat(reembed(application).getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(reembed(application)).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertMoved(application, before);
			assertThat(pruning(application).prune(model("all-minilm-l6-v2")).collections()).hasSize(1);
			assertMoved(application, before);
			assertThat(application.bean(ConversationStore.class).everyCollectionOf(PROJECT)).doesNotContain(former);
			qdrant.delete(application.bean(ConversationStore.class).collectionOf(PROJECT));
		}
	}

	private static void addAsOthersDo(QdrantServer qdrant, String collection) {
		qdrant.post("/collections/" + collection + "/points/payload?wait=true", """
				{"filter": {}, "payload": {"files_analyzed": ["a.java", "b.java"], "tools_used": {"Bash": 2},
				                           "quality": 0.5}}""");
	}

	@Test
	void prunesAnEarlierVersionOfAModelAndNotTheOneInUse() throws IOException {
		try (TestApplication application = startWithTiny()) {
			application.importNew();
		}
		TinyModel.write(this.directory.resolve("tiny"), 16, 2);
		try (TestApplication application = startWithTiny()) {
			reembed(application);
			ConversationStore store = application.bean(ConversationStore.class);
			assertThat(store.everyCollectionOf(PROJECT)).hasSize(2);
			assertThat(pruning(application).prune(model("tiny")).collections()).hasSize(1);
			assertThat(store.everyCollectionOf(PROJECT)).containsExactly(store.collectionOf(PROJECT));
			assertThat(store.count(store.collectionOf(PROJECT))).isEqualTo(CHUNKS);
			assertThatExceptionOfType(ModelInUseException.class)
				.isThrownBy(() -> pruning(application).prune(model("tiny")));
		}
	}

	@Test
	void prunesOfSharedCollectionsOnlyConversationsThatAreKnownHere() {
		String elsewhere = PointIds.collection("-home-dev-elsewhere");
		try (TestApplication application = start()) {
			application.importNew();
			ConversationStore store = application.bean(ConversationStore.class);
			store.upsert(PointIds.collection(PROJECT), List.of(pointOfOthers()));
			store.ensureCollection(elsewhere);
			store.upsert(elsewhere, List.of(pointOfOthers()));
		}
		try (TestApplication application = startWithTiny()) {
			reembed(application);
			assertThat(pruning(application).prune(model("all-minilm-l6-v2")).collections()).containsExactlyInAnyOrder(
					new PruneReport.Collection(PointIds.collection(PROJECT), "all-minilm-l6-v2", PROJECT, CHUNKS, 1),
					new PruneReport.Collection(elsewhere, "all-minilm-l6-v2", null, 0, 1));
			assertThat(payloads(application, PointIds.collection(PROJECT))).containsOnlyKeys(pointOfOthers().id());
			assertThat(application.bean(ConversationStore.class).count(elsewhere)).isOne();
		}
	}

	private static Point pointOfOthers() {
		float[] vector = new float[384];
		vector[0] = 1;
		return new Point(PointIds.id("somebody-elses", 0), vector,
				Map.of(Point.TEXT, "not ours", Point.CONVERSATION_ID, "somebody-elses", Point.CHUNK_INDEX, 0));
	}

	@Test
	void prunesNoModelWhileAMoveIsHalfDone() {
		try (TestApplication application = start()) {
			application.importNew();
		}
		try (TestApplication application = startWithTiny()) {
			application.store().afterUpsert(1, StoreProbe::fail);
			reembed(application);
		}
		try (TestApplication application = start()) {
			assertThatExceptionOfType(UnfinishedImportException.class)
				.isThrownBy(() -> pruning(application).prune(model("tiny")))
				.withMessageContainingAll("Execution 2 of 'reembed'", "reflect restart 2");
			// It gives that move up.
			reembed(application);
			assertThat(pruning(application).prune(model("tiny")).collections()).hasSize(1);
			assertThat(application.bean(ConversationStore.class).everyCollection())
				.containsExactly(PointIds.collection(PROJECT));
		}
	}

	private static Pruning pruning(TestApplication application) {
		return application.bean(Pruning.class);
	}

	private static PruneRequest model(String name) {
		return new PruneRequest(null, null, List.of(), List.of(), List.of(), List.of(name));
	}

	@Test
	void tellsWhichFilesAreInLanguagesThatTheModelDoesNotKnow() throws IOException {
		this.logs.write(PROJECT + "/han.jsonl", user("h1", "如何停止正在运行的容器".repeat(20)));
		try (TestApplication application = start()) {
			JobExecution execution = application.run().getLast();
			assertThat(UnknownLanguages.in(execution)).isEqualTo(Map.of("HAN", 1));
			KnownFile han = application.file(PROJECT + "/han.jsonl");
			assertThat(han.outcome().chunks()).isPositive();
		}
	}

	private static List<JobExecution> reembed(TestApplication application) {
		return application.bean(ReembedLauncher.class).run();
	}

	private static String text(ConversationStore store, String conversation, int chunk) {
		return (String) store.find(store.collectionOf(PROJECT), List.of(PointIds.id(conversation, chunk)))
			.getFirst()
			.payload()
			.getOrDefault("text", "");
	}

	private static Map<Long, Map<String, Object>> payloads(TestApplication application, String collection) {
		Map<Long, Map<String, Object>> payloads = new TreeMap<>();
		application.bean(ConversationStore.class)
			.forEach(collection, (point) -> payloads.put(point.id(), point.payload()));
		return payloads;
	}

	private TestApplication start() {
		return start(List.of());
	}

	private TestApplication startWithTiny() {
		return start(tiny());
	}

	private List<String> tiny() {
		return List.of("reflect.embedding.model.name=tiny",
				"reflect.embedding.model.location=" + this.directory.resolve("tiny"),
				"reflect.embedding.model.dimension=16");
	}

	private TestApplication start(List<String> model) {
		List<String> options = new ArrayList<>(model);
		options
			.addAll(List.of("reflect.chunking.messages=2", "reflect.run.commit-interval=2", "reflect.run.workers=1"));
		return TestApplication.start(this.home, this.logs.root(), options.toArray(String[]::new));
	}

}
