package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.store.StoreProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Halts an import at every {@link CrashPoint}, with every database and every store, and
 * runs the next one: it must do what is left and nothing else, and end with what an
 * undisturbed import has written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillMatrixIT {

	private static final String ONE = "-home-dev-app/one.jsonl";

	private static final String TWO = "-home-dev-app/two.jsonl";

	private static final String THREE = "-home-dev-app/three.jsonl";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	private final Map<StoreProperties.Type, Machine.Imported> undisturbed = new EnumMap<>(StoreProperties.Type.class);

	private final Map<StoreProperties.Type, Machine.Imported> undisturbedChanged = new EnumMap<>(
			StoreProperties.Type.class);

	@BeforeAll
	void importUndisturbed() throws IOException {
		this.logs = write(directory.resolve("logs"));
		LogDirectory changed = write(directory.resolve("changed"));
		change(changed);
		for (StoreProperties.Type store : StoreProperties.Type.values()) {
			this.undisturbed.put(store, importUndisturbed(this.logs, "home-" + store, store));
			this.undisturbedChanged.put(store, importUndisturbed(changed, "changed-home-" + store, store));
		}
	}

	private static Machine.Imported importUndisturbed(LogDirectory logs, String home, StoreProperties.Type store)
			throws IOException {
		return new Machine(directory.resolve(home), logs.root(), TestDatabase.H2, store).importRest();
	}

	// Files of one chunk and of many, a copied message, a line that cannot be read.
	private static LogDirectory write(Path root) throws IOException {
		LogDirectory logs = new LogDirectory(root);
		logs.write(ONE, conversation("one", 0, 26)).append(ONE, "// no JSON");
		logs.write(TWO, conversation("two", 0, 9));
		logs.write(THREE, user("one3", "Message 3 of one")).append(THREE, conversation("three", 0, 7));
		return logs.write("-home-dev-app/empty.jsonl");
	}

	static Stream<Arguments> everyPoint() {
		return cases(CrashPoint.values());
	}

	static Stream<Arguments> pointsOfATail() {
		return cases(CrashPoint.BEFORE_THE_TAIL_IS_DELETED, CrashPoint.AFTER_THE_TAIL_IS_DELETED,
				CrashPoint.AFTER_THE_UPSERT);
	}

	// Each point with each database and each store. These know nothing of each other, and
	// so not every pair of them is needed.
	private static Stream<Arguments> cases(CrashPoint... points) {
		return Stream.of(points)
			.flatMap((point) -> Stream.of(Arguments.of(point, TestDatabase.H2, StoreProperties.Type.LUCENE),
					Arguments.of(point, TestDatabase.POSTGRESQL, StoreProperties.Type.QDRANT)));
	}

	@ParameterizedTest
	@MethodSource("everyPoint")
	void losesAndRepeatsNothing(CrashPoint point, TestDatabase database, StoreProperties.Type store, @TempDir Path home)
			throws Exception {
		Machine machine = new Machine(home, this.logs.root(), database, store);
		if (point.isInRecovery()) {
			machine.crashAt(CrashPoint.AFTER_THE_UPSERT);
		}
		machine.crashAt(point);
		assertThat(machine.importRest()).isEqualTo(this.undisturbed.get(store));
	}

	@ParameterizedTest
	@MethodSource("pointsOfATail")
	void leavesNothingOfALongerVersionOfAFile(CrashPoint point, TestDatabase database, StoreProperties.Type store,
			@TempDir Path home, @TempDir Path other) throws Exception {
		LogDirectory changing = write(other.resolve("logs"));
		Machine machine = new Machine(home, changing.root(), database, store);
		machine.importRest();
		change(changing);
		machine.crashAt(point);
		assertThat(machine.importRest()).usingRecursiveComparison()
			.ignoringFields("filesFinished", "chunksWritten")
			.isEqualTo(this.undisturbedChanged.get(store));
	}

	private static void change(LogDirectory logs) throws IOException {
		logs.write(ONE, conversation("anew", 0, 11)).append(TWO, conversation("two", 9, 4));
	}

}
