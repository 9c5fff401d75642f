package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.reflectbatch.embedding.EmbeddingModel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What an operator reads who has mistyped a setting.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationErrorsTests {

	@TempDir
	private Path directory;

	static Stream<Arguments> mistakes() {
		return Stream.of(
				arguments("an unknown word", "reflect:\n  chunking:\n    strategy: windws\n",
						":3: reflect.chunking.strategy is 'windws'; expected one of windows, messages"),
				arguments("too small", "reflect:\n  run:\n    commit-interval: 0\n",
						":3: reflect.run.commit-interval is '0'; expected a whole number from 1 to 1000"),
				arguments("negative", "reflect:\n  run:\n    workers: -3\n",
						":3: reflect.run.workers is '-3'; expected a whole number from 0 to 256"),
				arguments("not a number", "reflect:\n  embedding:\n    tokens: many\n",
						":3: reflect.embedding.tokens is 'many'; expected a whole number from 16 to 512"),
				arguments("neither true nor false", "reflect:\n  run:\n    reimport: perhaps\n",
						":3: reflect.run.reimport is 'perhaps'; expected true or false"),
				arguments("not a duration", "reflect:\n  store:\n    qdrant:\n      deadline: soon\n",
						":4: reflect.store.qdrant.deadline is 'soon'; expected a duration such as 10s or 2m"),
				arguments("a negative duration", "reflect:\n  store:\n    qdrant:\n      retry-for: -5s\n",
						":4: reflect.store.qdrant.retry-for is '-5s'; expected more than nothing, such as 10s"),
				arguments("a negative size", "reflect:\n  embedding:\n    cache-size: -1MB\n",
						":3: reflect.embedding.cache-size is -1048576B; expected 0 for no cache, or a size up to 500MB,"
								+ " such as 200MB"),
				arguments("not a size", "reflect:\n  embedding:\n    cache-size: much\n",
						":3: reflect.embedding.cache-size is 'much'; expected a size such as 200MB"),
				arguments("too short an interval", "reflect:\n  watch:\n    interval: 0\n",
						":3: reflect.watch.interval is '0'; expected from 1s to 24h, such as 60s"),
				arguments("an address of another kind", "reflect:\n  store:\n    qdrant:\n      url: ftp://x\n",
						":4: reflect.store.qdrant.url is 'ftp://x'; expected http://HOST[:PORT] or https://HOST[:PORT]"
								+ " without a path or user, such as http://localhost:6333"),
				arguments("a port out of range", "reflect:\n  store:\n    qdrant:\n      grpc-port: 70000\n",
						":4: reflect.store.qdrant.grpc-port is 70000; expected a port from 1 to 65535"),
				arguments("more tokens than the model takes",
						"reflect:\n  embedding:\n    tokens: 256\n    model: {name: m, location: /m, max-tokens: 128}\n",
						":3: reflect.embedding.tokens is 256; expected at most 128, which is what m takes"
								+ " (reflect.embedding.model.max-tokens): what is longer would not be found"),
				arguments("a name that no collection can have",
						"reflect:\n  embedding:\n    model:\n      name: My Model\n      location: /m\n",
						":4: reflect.embedding.model.name is 'My Model'; expected up to 40 small letters, digits, dots"
								+ " and hyphens, since it becomes part of the names of collections"),
				arguments("an unknown kind of pooling", "reflect:\n  embedding:\n    model:\n      pooling: max\n",
						":4: reflect.embedding.model.pooling is 'max'; expected one of mean, cls"),
				arguments("a file that no collector reads", "reflect:\n  metrics:\n    file: metrics.txt\n",
						":3: reflect.metrics.file is 'metrics.txt'; expected a file whose name ends with .prom,"
								+ " which Prometheus's node exporter insists on"),
				arguments("an unknown format", "reflect:\n  log:\n    format: json\n",
						":3: reflect.log.format is 'json'; expected one of text, ecs"),
				arguments("a misspelled key", "reflect:\n  run:\n    worker: 3\n",
						":3: reflect.run.worker is not a key that there is;"
								+ " expected below reflect.run: commit-interval, reimport, workers"),
				arguments("a key in another section", "reflect:\n  run:\n    tokens: 5\n",
						":3: reflect.run.tokens is not a key that there is; did you mean reflect.embedding.tokens?"),
				arguments("an unknown section", "reflect:\n  storage:\n    kind: qdrant\n",
						":3: reflect.storage.kind is not a key that there is; expected below reflect:"
								+ " chunking, embedding, home, job, log, metrics, redaction, run, search, source, state-file,"
								+ " store, watch"),
				arguments("an unknown root", "# a job\nreflekt:\n  job: import\n",
						":3: reflekt.job is not a key that there is;"
								+ " expected keys below reflect, spring or logging"),
				arguments("a key without value", "reflect:\n  source:\n    layout:\n",
						":3: reflect.source.layout has no value; expected one of all, top-level"),
				arguments("a value in the place of a section", "reflect:\n  run: 3\n",
						":2: reflect.run has a value of its own;"
								+ " expected keys below it: commit-interval, reimport, workers"),
				arguments("a list", "reflect:\n  run:\n    workers: [1, 2]\n",
						":3: reflect.run.workers is a list; expected a whole number from 0 to 256"),
				arguments("a database that has no driver here", "spring:\n  datasource:\n    url: jdbc:mysql:foo\n",
						":3: spring.datasource.url is 'jdbc:mysql:…'; expected jdbc:postgresql://HOST/DATABASE,"
								+ " or nothing for the database in the data directory"),
				arguments("a log level", "logging:\n  level:\n    root: loud\n",
						":3: logging.level.root is 'loud';"
								+ " expected one of [TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF]"),
				arguments("tabs", "reflect:\n\trun: 3\n",
						":2: not YAML: found character '\\t(TAB)' that cannot start any token."
								+ " (Do not use \\t(TAB) for indentation); indent with spaces"),
				arguments("a key twice", "reflect:\n  run:\n    workers: 1\n    workers: 2\n",
						":4: not YAML: found duplicate key workers"),
				arguments("nothing", "", " holds nothing; expected one job, such as those in jobs/"),
				arguments("two jobs", "reflect:\n  job: import\n---\nreflect:\n  job: import\n",
						" holds 2 documents; expected one job, such as those in jobs/"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakes")
	void namesFileLineKeyValueAndWhatIsAllowed(String mistake, String content, String expected, CapturedOutput output)
			throws IOException {
		Path file = Files.writeString(this.directory.resolve("job.yaml"), content);
		assertThatThrownBy(() -> bind(file)).isInstanceOf(UsageException.class).hasMessage(file + expected);
		assertThat(output.getAll()).as("a banner or a stack trace").isEmpty();
	}

	@Test
	void namesWhatAModelLacks() throws IOException {
		Path file = Files.writeString(this.directory.resolve("job.yaml"), "reflect: {embedding: {model: {name: m}}}");
		assertThatThrownBy(() -> bind(file)).isInstanceOf(UsageException.class)
			.hasMessage("reflect.embedding.model.location has no value;"
					+ " expected a directory, a jar, or group:artifact:version in ~/.m2/repository");
	}

	@Test
	void findsTheLineOfAModelThatIsNotThere() throws IOException {
		Path file = Files.writeString(this.directory.resolve("job.yaml"),
				"reflect:\n  embedding:\n    model:\n      name: m\n      location: /nowhere\n");
		StandardEnvironment environment = new StandardEnvironment();
		JobFile.load(file).forEach(environment.getPropertySources()::addLast);
		ConfigurationPropertySources.attach(environment);
		Throwable failure = catchThrowable(() -> EmbeddingModel
			.of(SettingsOnly.bind(JobFile.load(file), environment(Map.of()), new Settings()).embedding()));
		assertThat(ConfigurationErrors.translate(new IllegalStateException(failure), environment))
			.isInstanceOf(UsageException.class)
			.hasMessageStartingWith(file + ":5: reflect.embedding.model.location is '/nowhere', which is not there");
	}

	@Test
	void reportsAllValuesThatAreOutOfRange() throws IOException {
		Path file = Files.writeString(this.directory.resolve("job.yaml"),
				"reflect:\n  run:\n    workers: 999\n    commit-interval: 0\n");
		assertThat(message(() -> bind(file)).lines()).containsExactlyInAnyOrder(
				file + ":3: reflect.run.workers is '999'; expected a whole number from 0 to 256",
				file + ":4: reflect.run.commit-interval is '0'; expected a whole number from 1 to 1000");
	}

	@Test
	void saysThatAJobFileIsMissing() {
		Path file = this.directory.resolve("nowhere.yaml");
		assertThat(message(() -> JobFile.load(file))).isEqualTo("The job file " + file
				+ " does not exist or cannot be read." + " Name a job file, such as those in jobs/.");
	}

	@Test
	void saysThatAJobFileIsADirectory() {
		assertThat(message(() -> JobFile.load(this.directory)))
			.isEqualTo(this.directory + " is a directory. Name a job file, such as those in jobs/.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BATCH_SIZE          | 0          | BATCH_SIZE is '0'; expected a whole number from 1 to 1000
			BATCH_SIZE          | ten        | BATCH_SIZE is 'ten'; expected a whole number from 1 to 1000
			QDRANT_GRPC_PORT    | none       | QDRANT_GRPC_PORT is 'none'; expected a whole number
			QDRANT_GRPC_PORT    | 0          | QDRANT_GRPC_PORT is 0; expected a port from 1 to 65535
			REFLECT_RUN_WORKERS | all        | REFLECT_RUN_WORKERS is 'all'; expected a whole number from 0 to 256
			""")
	void namesTheEnvironmentVariable(String variable, String value, String expected) {
		assertThat(message(() -> SettingsOnly.bind(List.of(), environment(Map.of(variable, value)), new Settings())))
			.isEqualTo(expected);
	}

	@Test
	void keepsAPasswordInAnAddressToItself() {
		assertThat(message(() -> SettingsOnly.bind(List.of(),
				environment(Map.of("QDRANT_URL", "http://me:secret@host:6333")), new Settings())))
			.startsWith("QDRANT_URL is 'http://***@host:6333'; expected http://")
			.doesNotContain("secret");
	}

	@Test
	void keepsAPasswordInTheAddressOfADatabaseToItself() {
		assertThat(message(() -> SettingsOnly.bind(List.of(),
				environment(Map.of("SPRING_DATASOURCE_URL", "postgresql://me:secret@host/db")), new Settings())))
			.startsWith("SPRING_DATASOURCE_URL is 'postgresql:…'; expected jdbc:postgresql://")
			.doesNotContain("secret");
	}

	@Test
	void namesTheOption() {
		Settings options = new Settings().put("reflect.run.workers", "many", "--workers");
		assertThat(message(() -> SettingsOnly.bind(List.of(), environment(Map.of()), options)))
			.isEqualTo("--workers is 'many'; expected a whole number from 0 to 256");
	}

	@Test
	void saysWhatADateLooksLike() {
		Settings options = new Settings().put("reflect.source.since", "yesterday", "--since");
		assertThat(message(() -> SettingsOnly.bind(List.of(), environment(Map.of()), options)))
			.isEqualTo("--since is 'yesterday'; expected a date such as 2026-01-31, a time such as 2026-01-31T09:00,"
					+ " or an age such as 30d (12h, 7d, 2w, 3m for months, 1y)");
	}

	@Test
	void createsADataDirectoryThatIsItsOwnersAlone() throws IOException {
		Path home = this.directory.resolve("new/data");
		SettingsOnly.bind(List.of(), Map.of(), new Settings().put("reflect.home", home, "--home"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home))).isEqualTo("rwx------");
	}

	@Test
	void leavesADataDirectoryThatIsThereToThoseWhoMayUseIt() throws IOException {
		Path home = Files.createDirectory(this.directory.resolve("volume"));
		Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwx---"));
		SettingsOnly.bind(List.of(), Map.of(), new Settings().put("reflect.home", home, "--home"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home))).isEqualTo("rwxrwx---");
	}

	@Test
	void saysThatTheDataDirectoryIsAFile() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		Settings options = new Settings().put("reflect.home", file, "--home");
		assertThat(message(() -> SettingsOnly.bind(List.of(), Map.of(), options))).isEqualTo("The data directory "
				+ file + " is a file. Remove it or name another directory with --home or REFLECT_HOME.");
	}

	@Test
	void saysThatAFileIsInTheWayOfTheDataDirectory() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		Settings options = new Settings().put("reflect.home", file.resolve("data"), "--home");
		assertThat(message(() -> SettingsOnly.bind(List.of(), Map.of(), options)))
			.isEqualTo("The data directory " + file.resolve("data") + " cannot be created: " + file.resolve("data")
					+ ": Not a directory. Name another one with --home or REFLECT_HOME.");
	}

	private void bind(Path jobFile) {
		SettingsOnly.bind(JobFile.load(jobFile), environment(Map.of()), new Settings());
	}

	private Map<String, String> environment(Map<String, String> variables) {
		Map<String, String> environment = new HashMap<>(variables);
		environment.put("REFLECT_HOME", this.directory.resolve("home").toString());
		return environment;
	}

	private static String message(ThrowingCallable action) {
		Throwable thrown = catchThrowable(action);
		assertThat(thrown).isInstanceOf(UsageException.class);
		return String.valueOf(thrown.getMessage());
	}

}
