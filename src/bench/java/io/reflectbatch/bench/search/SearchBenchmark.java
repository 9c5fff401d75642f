package io.reflectbatch.bench.search;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;

import io.reflectbatch.bench.FileTree;
import io.reflectbatch.bench.Qdrant;
import io.reflectbatch.conversation.ConversationFiles;
import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.conversation.SyntheticLogs;
import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Imports logs in several ways, asks each memory the same questions, and prints how often
 * the answer is found.
 */
@CommandLine.Command(name = "bench/search")
public final class SearchBenchmark implements Callable<Integer> {

	private static final Path WORK = Path.of("target/bench/search-quality").toAbsolutePath();

	/** The default comes first: others are compared with it. */
	private static final List<String> ALL = List.of("windows-256", "windows-64", "windows-128", "windows-192",
			"windows-384", "windows-512", "windows-128+32", "windows-128+64", "windows-192+32", "windows-192+64",
			"windows-256+32", "windows-256+64", "windows-256x1", "windows-128x1", "windows-256x3", "messages-128",
			"messages-256", "windows-256/fp32", "windows-192/fp32", "windows-128/fp32", "messages-128/fp32",
			"messages-256/fp32");

	private static final List<String> ALL_IN_QDRANT = List.of("windows-256/qdrant", "messages-128/fp32/qdrant");

	/** How many of the translated texts are imported. */
	private static final int TRANSLATED = 360;

	private static final List<String> SMALL = List.of("windows-256", "messages-128");

	@Parameters(arity = "0..1")
	private @Nullable Path logs;

	@Option(names = "--variants", split = ",")
	private List<String> variants = new ArrayList<>();

	@Option(names = "--languages")
	private @Nullable Path library;

	@Option(names = "--sentences")
	private int sentences = 400;

	@Option(names = "--seed")
	private long seed = 6;

	@Option(names = "--qdrant")
	private boolean qdrant;

	@Option(names = "--keep")
	private boolean keep;

	@Option(names = "--out")
	private @Nullable Path out;

	@Option(names = "--json")
	private boolean json;

	public static void main(String[] arguments) {
		System.exit(new CommandLine(new SearchBenchmark()).execute(arguments));
	}

	@Override
	public Integer call() throws Exception {
		Files.createDirectories(WORK);
		Languages languages = (this.library != null) ? new Languages(this.library, TRANSLATED, this.seed) : null;
		Path logs = logs(languages);
		List<Variant> variants = variants();
		progress("questions");
		Corpus corpus = Corpus.read(logs);
		List<Query> queries = (languages != null) ? languages.queries(this.sentences / 2, corpus) : queries(corpus);
		if (queries.isEmpty()) {
			throw new IllegalStateException(
					"There is nothing to ask about %s: no titles, and no messages of 128 tokens".formatted(logs));
		}
		List<Result> results = results(variants, logs, queries);
		Path out = Files.createDirectories((this.out != null) ? this.out : WORK.resolve("report"));
		new Report(corpus, queries, results, circumstances(logs)).print(out, this.json);
		return 0;
	}

	private List<Variant> variants() {
		List<String> names = new ArrayList<>(this.variants);
		if (names.isEmpty()) {
			names.addAll((this.logs != null) ? ALL : SMALL);
			names.addAll((this.logs != null && hasQdrant()) ? ALL_IN_QDRANT : List.of());
		}
		return names.stream().map(Variant::parse).toList();
	}

	private boolean hasQdrant() {
		return this.qdrant || System.getenv("QDRANT_URL") != null;
	}

	private Path logs(@Nullable Languages languages) throws IOException {
		if (this.logs != null) {
			return this.logs.toAbsolutePath();
		}
		Path logs = WORK.resolve("logs");
		FileTree.delete(logs);
		if (languages != null) {
			languages.writeTo(logs);
			return logs;
		}
		SyntheticLogs.seeded(1).projects(2).filesPerProject(3).linesPerFile(80).writeTo(logs);
		return logs;
	}

	/**
	 * Positions are counted by the tokenizer of the default model, whatever is compared.
	 */
	private List<Query> queries(Corpus corpus) {
		try (Embedder model = Embedder.open(Precision.INT8, 256, WORK.resolve("shared"))) {
			Queries source = new Queries(corpus, model.tokenCounter(), this.seed);
			List<Query> queries = new ArrayList<>(source.titles());
			queries.addAll(source.sentences(this.sentences));
			return queries;
		}
	}

	private List<Result> results(List<Variant> variants, Path logs, List<Query> queries)
			throws IOException, InterruptedException {
		if (variants.stream().noneMatch(Variant::inQdrant)) {
			return results(variants, logs, queries, null);
		}
		try (Qdrant server = Qdrant.open()) {
			return results(variants, logs, queries, server);
		}
	}

	private List<Result> results(List<Variant> variants, Path logs, List<Query> queries, @Nullable Qdrant server)
			throws IOException, InterruptedException {
		List<Result> results = new ArrayList<>();
		Path work = Files.createDirectories(WORK.resolve("memories-" + key(logs)));
		for (Variant variant : variants) {
			progress(variant + ": importing");
			URI url = (server != null) ? server.url() : null;
			try (Memory memory = Memory.open(variant, logs, work, url, this.keep)) {
				progress(variant + ": asking " + queries.size() + " questions");
				results.add(memory.ask(queries));
			}
			if (server != null) {
				server.clear();
			}
		}
		return results;
	}

	/**
	 * What is kept belongs to the logs as they are now.
	 */
	private static String key(Path logs) throws IOException {
		CRC32 crc = new CRC32();
		crc.update(logs.toString().getBytes(StandardCharsets.UTF_8));
		for (ListedFile listed : ConversationFiles.below(logs, false).files()) {
			crc.update((listed.file().path() + " " + listed.size()).getBytes(StandardCharsets.UTF_8));
		}
		return "%08x".formatted(crc.getValue());
	}

	private Map<String, Object> circumstances(Path logs) {
		Map<String, Object> circumstances = new LinkedHashMap<>();
		circumstances.put("time", Instant.now().toString());
		circumstances.put("logs", logs.toString());
		circumstances.put("seed", this.seed);
		circumstances.put("java", Runtime.version().toString());
		circumstances.put("processors", Runtime.getRuntime().availableProcessors());
		return circumstances;
	}

	private static void progress(String what) {
		System.err.println("bench: " + what);
	}

}
