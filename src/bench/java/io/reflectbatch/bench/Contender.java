package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Embeds the texts that the import has written, in a process of its own.
 *
 * @param name what it is called in the table
 * @param folder where its class path is: the class files or jars
 * @param mainClass its main class
 */
record Contender(String name, String folder, String mainClass) {

	/**
	 * Nothing but the model.
	 */
	static final Contender RAW_LOOP = new Contender("raw model loop", "", "io.reflectbatch.embedding.ModelLoop");

	static final Contender LANGCHAIN4J = new Contender("LangChain4j", "bench/langchain4j",
			"io.reflectbatch.bench.LangChain4jImport");

	static final Contender SPRING_AI = new Contender("Spring AI", "bench/spring-ai",
			"io.reflectbatch.bench.SpringAiImport");

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	Sample run(List<String> arguments, Path log) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(JAVA, "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), this.mainClass));
		command.addAll(arguments);
		Measurement measured = new MeasuredProcess(command, Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true"),
				log)
			.run();
		return Sample.of(measured, JsonMapper.shared().readTree(measured.output()));
	}

	private String classPath() {
		return this.folder.isEmpty() ? System.getProperty("java.class.path")
				: this.folder + "/target/importer.jar:" + this.folder + "/target/libraries/*";
	}

}
