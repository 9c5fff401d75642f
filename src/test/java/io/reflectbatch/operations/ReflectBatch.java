package io.reflectbatch.operations;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.importing.ImportLauncher;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application, with its own data directory.
 */
final class ReflectBatch implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ReflectBatch(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static ReflectBatch start(Path home, Path logs, Map<String, Object> settings) {
		Map<String, Object> properties = new HashMap<>(settings);
		properties.put("reflect.home", home.toString());
		properties.put("reflect.source.logs", logs.toString());
		properties.put("reflect.run.workers", 2);
		// As arguments, which beat the application's own settings.
		String[] arguments = properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return new ReflectBatch(new SpringApplicationBuilder(ReflectBatchApplication.class).run(arguments));
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	List<JobExecution> runImport() {
		return get(ImportLauncher.class).run();
	}

	ExecutionSummary lastOf(List<JobExecution> executions) {
		return get(JobHistory.class).summary(executions.getLast());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
