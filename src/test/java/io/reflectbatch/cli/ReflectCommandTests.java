package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line says without starting anything.
 */
class ReflectCommandTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@ParameterizedTest
	@ValueSource(strings = { "import", "watch", "run", "search", "history", "show", "files", "stop", "restart",
			"verify", "prune", "reembed", "export-state", "adopt-state" })
	void everyCommandExplainsItself(String command) {
		assertThat(execute(command, "--help")).isZero();
		GoldenFile.assertEqual("help-" + command + ".txt", this.out.toString());
		assertThat(this.err.toString()).isEmpty();
	}

	@Test
	void theWatchExplainsItselfWithoutTheOtherCommands() {
		assertThat(execute(ReflectCommand.watchAlone(), "watch", "--help")).isZero();
		GoldenFile.assertEqual("help-watch.txt", this.out.toString());
	}

	@Test
	void everyCommandIsThereByTheNameThatItHas() {
		CommandLine commandLine = ReflectCommand.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of()));
		assertThat(commandLine.getSubcommands()).hasSameSizeAs(Commands.NAMES).allSatisfy((name, command) -> {
			assertThat(command.getCommand().getClass().getAnnotation(Command.class).name()).isEqualTo(name);
			assertThat(ReflectCommand.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of()), name)
				.getSubcommands()).containsOnlyKeys(name);
		});
	}

	@Test
	void explainsItself() {
		assertThat(execute("--help")).isZero();
		GoldenFile.assertEqual("help.txt", this.out.toString());
	}

	@Test
	void knowsItsVersion() {
		assertThat(execute("--version")).isZero();
		assertThat(this.out.toString()).matches("Reflect Batch \\d+\\.\\d+\\.\\S+\\R" + "Java \\d+\\S*\\R");
	}

	@Test
	void explainsItselfOnStandardErrorWhenNoCommandIsGiven() {
		assertThat(execute()).isEqualTo(2);
		assertThat(this.out.toString()).isEmpty();
		assertThat(this.err.toString()).startsWith("reflect: which command?").contains("Usage: reflect", "Commands:");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			impot                  | Did you mean: reflect import
			import --worker 3      | --workers
			import --nope          | Unknown option: '--nope'
			import @file           | Unmatched argument at index 1: '@file'
			search                 | TEXT
			search --limit few x   | 'few' is not an int
			show                   | ID
			show x                 | 'x' is not a long
			watch --interva 5      | --interval
			watch a.yaml b.yaml    | Unmatched argument
			run                    | FILE
			export-state           | FILE
			import --logs          | Missing required parameter for option '--logs'
			""")
	void saysWhatIsWrongInFewLines(String arguments, String expected) {
		assertThat(execute(arguments.split(" "))).isEqualTo(2);
		assertThat(this.err.toString()).startsWith("reflect: ").contains(expected, "--help");
		assertThat(this.err.toString().lines()).hasSizeLessThanOrEqualTo(3);
		assertThat(this.out.toString()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "files, --retry", "prune, --path", "prune, --project", "prune, --conversation" })
	void takesNamesThatBeginWithAHyphenAsThoseOfProjectsDo(String command, String option) {
		String path = "-home-dev-app/a.jsonl";
		CommandLine.ParseResult parsed = ReflectCommand
			.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of()))
			.parseArgs(command, option, path);
		assertThat(parsed.subcommand().matchedOption(option).stringValues()).containsExactly(path);
	}

	private int execute(String... arguments) {
		ApplicationStarter starter = new ApplicationStarter(SettingsOnly.class, Map.of());
		return execute(ReflectCommand.commandLine(starter, arguments), arguments);
	}

	private int execute(CommandLine commandLine, String... arguments) {
		commandLine.setOut(new PrintWriter(this.out, true));
		commandLine.setErr(new PrintWriter(this.err, true));
		commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
		commandLine.setUsageHelpWidth(80);
		return commandLine.execute(arguments);
	}

}
