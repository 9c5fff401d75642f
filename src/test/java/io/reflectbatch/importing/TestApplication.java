package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.Survey;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.ledger.WorkTotals;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as a command starts it: the job file below the options, everything real
 * but two things. The model is loaded once for all tests, and a {@link StoreProbe} stands
 * before the store.
 */
final class TestApplication implements AutoCloseable {

	private static final Path JOB_FILE = Path.of("jobs/import.yaml");

	private final Path home;

	private final StoreProbe store = new StoreProbe();

	private final ConfigurableApplicationContext context;

	private TestApplication(Path home, Path jobFile, Map<String, Object> options) {
		this.home = home;
		SpringApplication spring = new SpringApplication(ReflectBatchApplication.class);
		spring.setEnvironment(environment(jobFile, options));
		spring.setBannerMode(Banner.Mode.OFF);
		spring.setRegisterShutdownHook(false);
		spring.addInitializers((starting) -> starting.getBeanFactory()
			.addBeanPostProcessor(new TestBeans(starting.getBeanFactory(), this.store)));
		this.context = spring.run();
	}

	private static StandardEnvironment environment(Path jobFile, Map<String, Object> options) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("options", options));
		try {
			new YamlPropertySourceLoader().load(jobFile.toString(), new FileSystemResource(jobFile))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return environment;
	}

	/**
	 * Starts the application with the default job file.
	 * @param home the data directory
	 * @param logs the logs directory
	 * @param options such as {@code reflect.run.workers=1}
	 */
	static TestApplication start(Path home, Path logs, String... options) {
		return start(JOB_FILE, home, logs, options);
	}

	static TestApplication start(Path jobFile, Path home, Path logs, String... options) {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("reflect.home", home.toString());
		settings.put("reflect.source.logs", logs.toString());
		settings.put("reflect.run.workers", "2");
		for (String option : options) {
			int equals = option.indexOf('=');
			settings.put(option.substring(0, equals), option.substring(equals + 1));
		}
		return new TestApplication(home, jobFile, settings);
	}

	/**
	 * Imports once and ends the application, as the command does.
	 * @return the points that are in the store then
	 */
	static SortedMap<String, ImportedPoint> importInto(Path home, Path logs, String... options) {
		try (TestApplication application = start(home, logs, options)) {
			application.importNew();
			return application.points();
		}
	}

	/**
	 * Imports what is new.
	 */
	List<JobExecution> run() {
		return new ArrayList<>(bean(ImportLauncher.class).run());
	}

	/**
	 * Imports what is new, which succeeds and is no restart.
	 * @return what there was to do
	 */
	WorkTotals importNew() {
		List<JobExecution> executions = run();
		assertThat(executions).hasSize(1);
		assertThat(executions.getFirst().getAllFailureExceptions()).isEmpty();
		assertThat(executions.getFirst().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		return totals(executions.getFirst());
	}

	WorkTotals totals(JobExecution execution) {
		return bean(WorkList.class).totals(execution.getJobInstanceId());
	}

	SortedMap<String, ImportedPoint> points() {
		return ImportedPoint.allIn(this.home);
	}

	/**
	 * The chunk texts of a conversation, in order.
	 */
	List<String> texts(String conversation) {
		return ImportedPoint.texts(points(), conversation);
	}

	KnownFile file(String path) {
		return bean(FileLedger.class).find(path).orElseThrow();
	}

	/**
	 * What the ledger says, without what differs from one import to another: keys and
	 * times.
	 */
	List<String> ledger() {
		List<String> files = new ArrayList<>();
		bean(FileLedger.class).forEach((file) -> files.add(String.join(" ", file.path(), file.conversationId(),
				file.status().name(), file.stamp().toString(), text(file.survey()), file.recipe().toString(),
				file.outcome().toString(), String.valueOf(file.coverage()))));
		return files;
	}

	private static String text(Survey survey) {
		return new Survey(survey.readOffset(), survey.readLine(), survey.contentHash(), survey.conversationTime(),
				survey.title(), survey.warmUp(), survey.problems(), Map.of(), Map.of()) + " "
				+ new TreeMap<>(survey.skipped()) + " " + new TreeMap<>(survey.redacted());
	}

	List<LineProblem> problems() {
		return bean(FileLedger.class).problems(null, 10_000);
	}

	StoreProbe store() {
		return this.store;
	}

	boolean isModelLoaded() {
		return this.context.getBeanFactory().containsSingleton("embedder");
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> ObjectProvider<T> provider(Class<T> type) {
		return this.context.getBeanProvider(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
