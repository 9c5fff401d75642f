package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@code ./reflect} as a person does.
 *
 * @param settings what is measured
 * @param logs the logs directory
 * @param log where standard error goes
 * @param limit the limit of its memory in bytes, 0 for none
 */
record Launcher(Settings settings, Path logs, Path log, long limit) {

	Launcher(Settings settings, Path logs, Path log) {
		this(settings, logs, log, 0);
	}

	/**
	 * Imports.
	 * @param home the data directory
	 * @param store options that say where to
	 * @param javaOptions options of the JVM
	 */
	Measurement importInto(Path home, List<String> store, String javaOptions) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("./reflect", "run", this.settings.mode().jobFile(), "--json",
				"--logs", this.logs.toString(), "--precision", this.settings.precision()));
		command.addAll(store);
		return run(command, home, javaOptions);
	}

	/**
	 * Runs another command, which needs no store.
	 */
	Measurement run(Path home, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("./reflect"));
		command.addAll(List.of(arguments));
		return run(command, home, "");
	}

	private Measurement run(List<String> command, Path home, String javaOptions)
			throws IOException, InterruptedException {
		MeasuredProcess process = new MeasuredProcess(command,
				Map.of("REFLECT_HOME", home.toString(), "REFLECT_JAVA_OPTS", javaOptions), this.log);
		return ((this.limit > 0) ? process.within(this.limit) : process).run();
	}

	/**
	 * Returns what an import says of itself.
	 */
	static JsonNode summary(Measurement measured) {
		JsonNode document = JsonMapper.shared().readTree(measured.output());
		return document.isArray() ? document.get(document.size() - 1) : document;
	}

	static Sample sample(Measurement measured) {
		JsonNode summary = summary(measured);
		return Sample.of(measured, summary.get("duration").asDouble(), summary.get("chunks").asInt());
	}

}
