package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code Dockerfile}: its stages and their instructions. Knows what this one uses,
 * and fails at what it does not.
 */
public final class Dockerfile {

	private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");

	private final List<Stage> stages = new ArrayList<>();

	private Dockerfile(String text) {
		text.replaceAll("(?m)^#.*\\n", "")
			.replaceAll("\\\\\\n", " ")
			.lines()
			.filter((line) -> !line.isBlank())
			.map((line) -> new Instruction(line.replaceFirst(" .*", ""), line.replaceFirst("\\w+ +", "")))
			.forEach(this::add);
	}

	private void add(Instruction instruction) {
		if (instruction.name().equals("FROM")) {
			String[] words = instruction.rest().split(" ", -1);
			this.stages.add(new Stage((words.length > 1) ? words[2] : "", words[0], new ArrayList<>(), this));
		}
		else {
			this.stages.getLast().instructions().add(instruction);
		}
	}

	/**
	 * Reads that of the project.
	 */
	public static Dockerfile read() throws IOException {
		return new Dockerfile(Files.readString(Path.of("Dockerfile")));
	}

	List<Stage> stages() {
		return this.stages;
	}

	/**
	 * Returns what the image is made by.
	 */
	public Stage finalStage() {
		return this.stages.getLast();
	}

	/**
	 * What stands between one {@code FROM} and the next.
	 *
	 * @param name the name, or nothing
	 * @param base the image or the stage that it begins with
	 * @param instructions the instructions
	 * @param file the whole
	 */
	public record Stage(String name, String base, List<Instruction> instructions, Dockerfile file) {

		/**
		 * Returns the variables that it sets, and those of the stages that it begins
		 * with.
		 */
		public Map<String, String> environment() {
			Map<String, String> environment = new LinkedHashMap<>();
			this.file.stages.stream()
				.filter((stage) -> stage.name.equals(this.base))
				.forEach((stage) -> environment.putAll(stage.environment()));
			all("ENV").forEach((rest) -> {
				Matcher variable = VARIABLE.matcher(rest);
				while (variable.find()) {
					environment.put(variable.group(1), variable.group(2).replace("\"", ""));
				}
			});
			return environment;
		}

		/**
		 * Returns what stands behind the name of an instruction, each time it is used.
		 */
		List<String> all(String instruction) {
			return this.instructions.stream()
				.filter((candidate) -> candidate.name().equals(instruction))
				.map(Instruction::rest)
				.toList();
		}

		/**
		 * Returns a command that no shell reads.
		 * @param instruction such as {@code ENTRYPOINT}
		 */
		List<String> command(String instruction) {
			assertThat(all(instruction)).as(instruction).hasSize(1);
			String rest = all(instruction).getFirst();
			return List.of(JsonMapper.shared().readValue(rest.substring(rest.indexOf('[')), String[].class));
		}

	}

	/**
	 * An instruction.
	 *
	 * @param name its name
	 * @param rest what stands behind it
	 */
	record Instruction(String name, String rest) {

	}

}
