package io.reflectbatch.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.openjdk.jmh.Main;

/**
 * Starts {@link ReadingBenchmark} on the logs that the first argument names, or on
 * made-up ones. Further arguments are JMH's.
 */
public final class Reading {

	private static final Path WORK = Path.of("target/bench").toAbsolutePath();

	private Reading() {
	}

	public static void main(String[] arguments) throws Exception {
		Path logs = arguments[0].isEmpty() ? Size.SMALL.logs(WORK) : Path.of(arguments[0]);
		List<String> options = new ArrayList<>(List.of(ReadingBenchmark.class.getName(), "-jvmArgsAppend",
				"-Dbench.logs=" + logs.toAbsolutePath() + " -Dbench.home=" + WORK.resolve("home-unpacked")
						+ " --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC"));
		options.addAll(Arrays.asList(arguments).subList(1, arguments.length));
		Main.main(options.toArray(String[]::new));
	}

}
