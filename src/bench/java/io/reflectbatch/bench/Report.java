package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.errorprone.annotations.FormatMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table and the JSON document of a benchmark.
 */
final class Report {

	static final String OURS = "Reflect Batch";

	private static final double MEGABYTE = 1e6;

	private final Map<String, Object> document = new LinkedHashMap<>();

	private final List<String> lines = new ArrayList<>();

	private final boolean json;

	private long files;

	private long bytes;

	private double tokens;

	private double chunks;

	Report(Size size, Settings settings, Instant time) throws IOException {
		this.json = settings.json();
		put("time", time.toString());
		Path own = settings.logs();
		String logs = (own != null) ? own.toString() : size.name().toLowerCase(Locale.ROOT);
		put("logs", logs);
		put("mode", settings.mode().toString());
		put("precision", settings.precision());
		put("rounds", settings.rounds(size));
		put("java", Runtime.version().toString());
		put("processors", Runtime.getRuntime().availableProcessors());
		put("processor", processor());
		line("%s logs, %s (%d tokens), %s; median of %d rounds; Java %s, %d processors", logs, settings.mode(),
				settings.mode().tokens(), settings.precision(), settings.rounds(size), Runtime.version().feature(),
				Runtime.getRuntime().availableProcessors());
	}

	private static String processor() throws IOException {
		Path information = Path.of("/proc/cpuinfo");
		if (!Files.exists(information)) {
			return System.getProperty("os.arch");
		}
		try (Stream<String> found = Files.lines(information)) {
			return found.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
	}

	void logs(FileTree logs) throws IOException {
		this.files = logs.logs();
		put("files", this.files);
		this.bytes = logs.bytes();
		put("bytes", this.bytes);
	}

	void imported(JsonNode summary) {
		this.tokens = summary.get("tokens").asDouble();
		this.chunks = summary.get("chunks").asDouble();
		put("imported", summary);
		line("%,d files, %,d MB, %,d chunks, %,.0f tokens", this.files, this.bytes / (long) MEGABYTE,
				summary.get("chunks").asInt(), this.tokens);
	}

	/**
	 * Adds the comparison.
	 * @param samples all rounds of everybody; the first is ours, the second the limit
	 */
	void speed(Map<String, List<Sample>> samples) {
		put("samples", samples);
		Map<String, Sample> medians = new LinkedHashMap<>();
		samples.forEach((name, rounds) -> medians.put(name, Sample.median(rounds)));
		put("medians", medians);
		line("");
		line("%-16s %7s %9s %9s %9s %9s %9s %8s %9s %9s %9s", "", "texts", "process", "work", "cpu", "texts/s",
				"tokens/s", "cores", "peak", "anonymous", "cgroup");
		medians.forEach(this::row);
		compare(medians);
	}

	private void row(String name, Sample median) {
		line("%-16s %7d %7.1f s %7.1f s %7.1f s %9.1f %9.0f %8.2f %6.0f MB %6.0f MB %s", name, median.texts(),
				median.processSeconds(), median.seconds(), median.cpuSeconds(), median.textsPerSecond(),
				median.textsPerSecond() * this.tokens / this.chunks, median.cores(), median.peakBytes() / MEGABYTE,
				median.anonymousPeakBytes() / MEGABYTE, group(median));
	}

	private static String group(Sample median) {
		Long peak = median.groupPeakBytes();
		return (peak != null) ? String.format(Locale.ROOT, "%6.0f MB", peak / MEGABYTE) : "        –";
	}

	private void compare(Map<String, Sample> medians) {
		Sample ours = Objects.requireNonNull(medians.get(OURS));
		line("");
		line("%.1f files/s", this.files / ours.processSeconds());
		Map<String, Object> ratios = new LinkedHashMap<>();
		medians.forEach((name, other) -> {
			if (name.equals(Contender.RAW_LOOP.name())) {
				double share = ours.textsPerSecond() / other.textsPerSecond();
				ratios.put("share of the raw model loop", share);
				line("%.1f %% of the speed of the raw model loop", 100 * share);
			}
			else if (!name.equals(OURS)) {
				double faster = ours.textsPerSecond() / other.textsPerSecond();
				ratios.put("faster than " + name, faster);
				line("%.2f times as fast as %s (%.2f in processor time), in %.2f of its memory (%.2f of what is anonymous)",
						faster, name, ours.textsPerCpuSecond() / other.textsPerCpuSecond(),
						(double) ours.peakBytes() / other.peakBytes(),
						(double) ours.anonymousPeakBytes() / other.anonymousPeakBytes());
			}
		});
		put("ratios", ratios);
	}

	void start(String what, Measurement measured) {
		put("start: " + what, Map.of("seconds", measured.seconds(), "peakBytes", measured.peakBytes()));
		line("%-22s %5.2f s, %3.0f MB", what, measured.seconds(), measured.peakBytes() / MEGABYTE);
	}

	/**
	 * Adds the time inside the model. A thread that is in it may have to wait for a
	 * processor.
	 * @param seconds of all threads, of which as many embed as there are processors
	 * @param duration of the import
	 */
	void inside(double seconds, double duration) {
		double share = seconds / duration / Runtime.getRuntime().availableProcessors();
		put("insideTheModel", share);
		line("%.1f %% of the time the threads that embed are inside the model", 100 * share);
	}

	/**
	 * Adds how much is stored.
	 * @param home a data directory with an embedded store
	 * @param compressed the compressed state file
	 */
	void state(Path home, Path compressed) throws IOException {
		Map<String, Object> sizes = new LinkedHashMap<>();
		sizes.put("database", new FileTree(home.resolve("database")).bytes());
		sizes.put("lucene", new FileTree(home.resolve("lucene")).bytes());
		sizes.put("state file", new FileTree(home.resolve("imported-files.json")).bytes());
		sizes.put("state file, .gz", new FileTree(compressed).bytes());
		put("state", sizes);
		line("");
		sizes.forEach((name, bytes) -> line("%-16s %8.2f MB, %8.3f MB per 1,000 files", name, ((Long) bytes) / MEGABYTE,
				((Long) bytes) / MEGABYTE * 1000 / this.files));
	}

	private void put(String key, Object value) {
		this.document.put(key, value);
	}

	@FormatMethod
	private void line(String format, Object... arguments) {
		this.lines.add(String.format(Locale.ROOT, format, arguments));
	}

	void print() throws IOException {
		String written = JsonMapper.builder()
			.build()
			.writerWithDefaultPrettyPrinter()
			.writeValueAsString(this.document);
		Path file = Path.of("target/bench/result-%s-%s-%s.json".formatted(this.document.get("mode"),
				this.document.get("precision"), Instant.now().getEpochSecond()));
		Files.writeString(file, written + "\n");
		(this.json ? System.err : System.out).println(String.join("\n", this.lines));
		(this.json ? System.out : System.err).println(this.json ? written : "bench: wrote " + file);
	}

}
