package io.reflectbatch.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParseResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an import gets to see of the command line of the watch.
 */
class WatchedImportsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			watch                                       | ``
			watch --interval 5 --port=0 --address ::1   | ``
			watch --logs /x --workers 2                 | --logs=/x --workers=2
			watch --strict --interval 5 --json          | --strict --json
			watch job.yaml --home=-x --prefix -y        | --home=-x --prefix=-y
			watch --reimport --allow-missing --verbose  | --reimport --allow-missing --verbose
			""")
	void passesOptionsOfTheImportOn(String typed, String passed) {
		ParseResult parsed = ReflectCommand.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of()))
			.parseArgs(typed.split(" +"))
			.subcommand();
		List<String> options = WatchedImports.options(parsed, WatchCommand.OWN);
		assertThat(options).containsExactlyInAnyOrder(passed.isEmpty() ? new String[0] : passed.split(" "));
		ReflectCommand.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of()))
			.parseArgs(Stream.concat(Stream.of("import"), options.stream()).toArray(String[]::new));
	}

}
