package io.reflectbatch.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * Imports the same logs in turn with this application and with what one would otherwise
 * write, and prints a table.
 */
@CommandLine.Command(name = "bench/run")
public final class Benchmark implements Callable<Integer> {

	private static final Path WORK = Path.of("target/bench").toAbsolutePath();

	private static final Path LOG = WORK.resolve("benchmark.log");

	/** The texts of all chunks, whole: each model cuts them itself. */
	private static final Path TEXTS = WORK.resolve("texts.jsonl");

	/** Those that the others import, who would need hours for all. */
	private static final Path SAMPLE = WORK.resolve("sample.jsonl");

	@Parameters(defaultValue = "SMALL")
	private Size size = Size.SMALL;

	@Mixin
	private Settings settings = new Settings();

	private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

	public static void main(String[] arguments) {
		System.exit(new CommandLine(new Benchmark()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
	}

	@Override
	public Integer call() throws Exception {
		Files.createDirectories(WORK);
		Files.deleteIfExists(LOG);
		Path logs = logs();
		Launcher launcher = new Launcher(this.settings, logs, LOG);
		Report report = new Report(this.size, this.settings, Instant.now());
		report.logs(new FileTree(logs));
		unpackModel(launcher);
		try (Qdrant qdrant = Qdrant.open()) {
			rounds(launcher, qdrant, report);
		}
		report.speed(this.samples);
		embedded(launcher, report);
		report.print();
		return 0;
	}

	private Path logs() throws IOException {
		progress("logs");
		Path own = this.settings.logs();
		return (own != null) ? own.toAbsolutePath() : this.size.logs(WORK);
	}

	/**
	 * The first start unpacks the model and the native libraries: not what is compared.
	 */
	private void unpackModel(Launcher launcher) throws IOException, InterruptedException {
		Path home = home("unpacked");
		if (!Files.exists(home.resolve("model"))) {
			progress("the model");
			Path one = Files.createDirectories(WORK.resolve("one/-home-dev-one"));
			Files.writeString(one.resolve("one.jsonl"),
					"{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"one\"}}\n");
		}
		new Launcher(this.settings, WORK.resolve("one"), launcher.log()).importInto(home, List.of("--store", "lucene"),
				"");
	}

	private Path fresh(String name) throws IOException {
		Path home = home(name);
		FileTree.delete(home);
		for (String shared : List.of("model", "native")) {
			Path from = home("unpacked").resolve(shared);
			if (Files.exists(from)) {
				FileSystemUtils.copyRecursively(from, home.resolve(shared));
			}
		}
		return home;
	}

	private static Path home(String name) {
		return WORK.resolve("home-" + name);
	}

	private void rounds(Launcher launcher, Qdrant qdrant, Report report)
			throws IOException, InterruptedException, URISyntaxException {
		for (int round = 1; round <= this.settings.rounds(this.size); round++) {
			progress("round " + round + ": Reflect Batch");
			Path home = fresh("qdrant");
			qdrant.clear();
			Measurement imported = launcher.importInto(home, List.of("--qdrant-url", qdrant.url().toString()), "");
			add(Report.OURS, Launcher.sample(imported));
			if (round == 1) {
				report.imported(Launcher.summary(imported));
				writeTexts(qdrant);
				starts(launcher, home, qdrant, report);
			}
			others(round, qdrant);
		}
	}

	private void writeTexts(Qdrant qdrant) throws IOException, InterruptedException {
		List<String> texts = qdrant.texts();
		write(texts, TEXTS);
		int step = Math.max(1, texts.size() / this.settings.sample());
		write(IntStream.range(0, texts.size()).filter((i) -> i % step == 0).mapToObj(texts::get).toList(), SAMPLE);
	}

	private static void write(List<String> texts, Path file) throws IOException {
		Files.write(file,
				texts.stream().map((text) -> JsonMapper.shared().writeValueAsString(Map.of("text", text))).toList());
	}

	private void others(int round, Qdrant qdrant) throws IOException, InterruptedException, URISyntaxException {
		run(round, Contender.RAW_LOOP, List.of(TEXTS.toString(), this.settings.precision(),
				String.valueOf(this.settings.mode().tokens()), home("unpacked").toString()));
		if (!this.settings.onlyReflect()) {
			qdrant.clear();
			Model model = Model.unpackTo(WORK.resolve("shipped"), this.settings);
			List<String> arguments = List.of(SAMPLE.toString(), this.settings.precision(),
					String.valueOf(this.settings.mode().tokens()), model.graph().toString(),
					model.tokenizer().toString(), String.valueOf(qdrant.grpcPort()));
			run(round, Contender.LANGCHAIN4J, with(arguments, "langchain4j"));
			run(round, Contender.SPRING_AI, with(arguments, "spring-ai"));
		}
	}

	private static List<String> with(List<String> arguments, String collection) {
		List<String> all = new ArrayList<>(arguments);
		all.add(collection);
		return all;
	}

	private void run(int round, Contender contender, List<String> arguments) throws IOException, InterruptedException {
		progress("round " + round + ": " + contender.name());
		add(contender.name(), contender.run(arguments, LOG));
	}

	private void add(String name, Sample sample) {
		this.samples.computeIfAbsent(name, (first) -> new ArrayList<>()).add(sample);
	}

	private static void starts(Launcher launcher, Path home, Qdrant qdrant, Report report)
			throws IOException, InterruptedException {
		report.start("version", launcher.run(home, "--version"));
		report.start("history", launcher.run(home, "history"));
		report.start("import of nothing new",
				launcher.importInto(home, List.of("--qdrant-url", qdrant.url().toString()), ""));
	}

	/**
	 * The embedded store, whose size is ours; with the clock inside the model on, and
	 * therefore not compared with the others.
	 */
	private void embedded(Launcher launcher, Report report) throws IOException, InterruptedException {
		progress("embedded store, and the time inside the model");
		Path home = fresh("lucene");
		Path recording = WORK.resolve("model.jfr");
		Files.deleteIfExists(recording);
		String options = ModelTime.isMeasurable() ? ModelTime.javaOptions(recording) : "";
		JsonNode summary = Launcher.summary(launcher.importInto(home, List.of("--store", "lucene"), options));
		OptionalDouble inside = ModelTime.isMeasurable() ? ModelTime.seconds(recording) : OptionalDouble.empty();
		inside.ifPresent((seconds) -> report.inside(seconds, summary.get("duration").asDouble()));
		launcher.run(home, "export-state", WORK.resolve("state.json.gz").toString());
		report.state(home, WORK.resolve("state.json.gz"));
	}

	private static void progress(String what) {
		System.err.println("bench: " + what);
	}

}
