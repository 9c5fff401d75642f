package io.reflectbatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.reflectbatch.watch.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void importsAnewOnlyUntilThatHasCompleted(@TempDir Path directory) throws Exception {
		Path java = Files.writeString(directory.resolve("java"), """
				#!/bin/sh
				echo "$@" >>'%1$s/calls'
				exit "$(cat '%1$s/code')"
				""".formatted(directory));
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
		WatchedImports imports = new WatchedImports(
				JavaCommand.of(java.toString(), List.of("-jar", "r.jar", "watch"), List.of("watch")),
				List.of("import", "--reimport", "--strict"), directory.resolve("m.prom"),
				() -> OptionalLong.of(39_000_000));
		for (int exitCode : List.of(1, 5, 0)) {
			Files.writeString(directory.resolve("code"), String.valueOf(exitCode));
			assertThat(imports.start().waitFor()).isEqualTo(exitCode);
		}
		String properties = "-Dreflect.watched=true -Dreflect.metrics.file=%s/m.prom -Dreflect.watched.memory=39000000"
			.formatted(directory);
		assertThat(directory.resolve("calls")).content().isEqualTo("""
				%1$s -jar r.jar import --reimport --strict
				%1$s -jar r.jar import --reimport --strict
				%1$s -jar r.jar import --strict
				""".formatted(properties));
	}

}
