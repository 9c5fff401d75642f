package io.reflectbatch.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * Imports within hard limits of memory, with Qdrant outside, and prints what was needed.
 */
@CommandLine.Command(name = "bench/run memory")
public final class MemoryLimits implements Runnable {

	private static final Path WORK = Path.of("target/bench").toAbsolutePath();

	private static final long MEBIBYTE = 1 << 20;

	private static final int GROWN = 20;

	private static final int LONG_LINES = 18_000;

	private static final int LONG = 100_000;

	private static final int LONGEST = 200_000_000;

	private static final String MESSAGE = """
			{"type":"user","uuid":"%s-%d","timestamp":"2026-01-01T10:00:00.000Z","message":{"role":"user","content":"And now, number %2$d, look why the import of the wiki is slow."}}
			""";

	@Parameters(arity = "0..*", defaultValue = "first known grown many many-known one-file fp32", split = " ")
	private List<String> cases = List.of();

	public static void main(String[] arguments) {
		System.exit(new CommandLine(new MemoryLimits()).execute(arguments));
	}

	@Override
	public void run() {
		try (Qdrant qdrant = Qdrant.open()) {
			System.out.println("| what | limit | chunks | time | peak resident | of it anonymous |");
			System.out.println("|---|---|---|---|---|---|");
			for (String name : this.cases) {
				measure(name, qdrant);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void measure(String name, Qdrant qdrant) throws IOException, InterruptedException {
		switch (name) {
			case "first" -> first(qdrant, "first import, 1,000 files, `int8`", Size.SEED.logs(WORK), 384, "int8");
			case "grown" -> grown(qdrant);
			case "known" -> again(qdrant, "nothing new, 1,000 files", Size.SEED.logs(WORK), 256);
			case "many" -> first(qdrant, "first import, 20,000 files, `int8`", Size.LARGE.logs(WORK), 384, "int8");
			case "many-known" -> again(qdrant, "nothing new, 20,000 files", Size.LARGE.logs(WORK), 256);
			case "one-file" -> first(qdrant, "first import, one file of 2 GB, `int8`", oneFile(), 384, "int8");
			case "fp32" -> first(qdrant, "first import, 1,000 files, `fp32`", Size.SEED.logs(WORK), 512, "fp32");
			default -> throw new IOException("There is no case '" + name
					+ "'; expected first, known, grown, many, many-known, one-file, fp32");
		}
	}

	private static void first(Qdrant qdrant, String what, Path logs, int mebibytes, String precision)
			throws IOException, InterruptedException {
		FileTree.delete(home());
		qdrant.clear();
		row(qdrant, what, logs, mebibytes, precision);
	}

	private static void again(Qdrant qdrant, String what, Path logs, int mebibytes)
			throws IOException, InterruptedException {
		row(qdrant, what, logs, mebibytes, "int8");
	}

	private static void row(Qdrant qdrant, String what, Path logs, int mebibytes, String precision)
			throws IOException, InterruptedException {
		Settings settings = CommandLine.populateCommand(new Settings(), "--precision", precision);
		Launcher launcher = new Launcher(settings, logs, WORK.resolve("benchmark.log"), mebibytes * MEBIBYTE);
		Measurement measured = launcher.importInto(home(), List.of("--qdrant-url", qdrant.url().toString()), "");
		JsonNode summary = Launcher.summary(measured);
		System.out.printf(Locale.ROOT, "| %s | %d MiB | %,d | %.1f s | %d MB | %d MB |%n", what, mebibytes,
				summary.get("chunks").asInt(), measured.seconds(), measured.peakBytes() / 1_000_000,
				measured.anonymousPeakBytes() / 1_000_000);
	}

	private static Path home() {
		return WORK.resolve("home-memory");
	}

	/**
	 * Lets some of the files grow by a message, and takes it away again.
	 */
	private static void grown(Qdrant qdrant) throws IOException, InterruptedException {
		Path logs = Size.SEED.logs(WORK);
		List<Grown> grown = new ArrayList<>();
		try {
			for (Path file : sessions(logs)) {
				grown.add(Grown.by(file, MESSAGE.formatted(file.getFileName(), grown.size())));
			}
			again(qdrant, GROWN + " of these files have grown", logs, 256);
		}
		finally {
			for (Grown file : grown) {
				file.undo();
			}
		}
	}

	// Transcripts of subagents would do as well, but parity mode reads none.
	private static List<Path> sessions(Path logs) throws IOException {
		try (Stream<Path> files = Files.walk(logs, 2)) {
			return files.filter((file) -> file.toString().endsWith(".jsonl"))
				.filter((file) -> !file.getFileName().toString().startsWith("agent-"))
				.sorted()
				.limit(GROWN)
				.toList();
		}
	}

	private static Path oneFile() throws IOException {
		Path file = WORK.resolve("logs-one-file/-home-dev-wiki/00000000-0000-4000-8000-000000000001.jsonl");
		if (!Files.exists(file)) {
			Files.createDirectories(file.getParent());
			Path incomplete = file.resolveSibling("incomplete");
			try (BufferedWriter lines = Files.newBufferedWriter(incomplete)) {
				for (int number = 0; number < LONG_LINES; number++) {
					lines.write(result(number, (number == LONG_LINES / 2) ? LONGEST : LONG));
					if (number % 10 == 0) {
						lines.write(MESSAGE.formatted("message", number));
					}
				}
			}
			Files.move(incomplete, file);
		}
		return WORK.resolve("logs-one-file");
	}

	private static String result(int number, int length) {
		return """
				{"type":"user","uuid":"result-%d","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"%s"}]}}
				"""
			.formatted(number, "0123456789".repeat(length / 10));
	}

	/**
	 * A file that has grown for a while.
	 *
	 * @param file the file
	 * @param size its size before
	 * @param modified its time before
	 */
	private record Grown(Path file, long size, FileTime modified) {

		static Grown by(Path file, String line) throws IOException {
			Grown grown = new Grown(file, Files.size(file), Files.getLastModifiedTime(file));
			Files.writeString(file, line, StandardOpenOption.APPEND);
			return grown;
		}

		void undo() throws IOException {
			try (var channel = Files.newByteChannel(this.file, StandardOpenOption.WRITE)) {
				channel.truncate(this.size);
			}
			Files.setLastModifiedTime(this.file, this.modified);
		}

	}

}
