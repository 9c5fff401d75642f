package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.reflectbatch.embedding.graph.GraphVariants;

/**
 * Prints how fast, how exact and how large the graphs are that were considered; the
 * program behind {@code bench/precision}.
 * <p>
 * Texts are the texts in logs, in pieces of 1,000 characters. All graphs take turns after
 * every 20 texts, each first equally often, so that whatever else the machine does slows
 * all of them. Vectors are compared with those of the shipped 32-bit graph. Memory is
 * measured in a process for each graph.
 */
final class PrecisionTable {

	private static final int PIECE = 1_000;

	private static final int SHORTEST = 25;

	private static final int TOKENS = 256;

	private static final int TURN = 20;

	private static final int NEIGHBOURS = 10;

	private static final int TEXTS_FOR_MEMORY = 200;

	private static final String REFERENCE = "fp32, as published";

	private PrecisionTable() {
	}

	/**
	 * Prints the table.
	 * @param arguments a directory of logs, how many texts to take of it, a directory for
	 * temporary files
	 */
	public static void main(String[] arguments) throws Exception {
		Path directory = Path.of(arguments[2]);
		NativeLibraries.prepare(directory);
		if (arguments.length > 3) {
			measureMemory(arguments);
			return;
		}
		List<long[]> texts = texts(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
		Map<String, Path> graphs = graphs(directory);
		System.out.printf(Locale.ROOT, "%d texts, %.0f tokens on average, ONNX Runtime %s, %s, %d processors%n",
				texts.size(), texts.stream().mapToInt((ids) -> ids.length).average().orElseThrow(),
				OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR).getVersion(),
				System.getProperty("java.vm.version"), processors());
		List<Candidate> candidates = embed(graphs, texts);
		System.out.println("| graph | speed | worst / best tenth | texts/s of CPU | cosine mean | worst | "
				+ "ten nearest in common | peak memory MB |");
		System.out.println("|---|---|---|---|---|---|---|---|");
		for (Candidate candidate : candidates) {
			System.out.println(row(candidate, candidates.getFirst(), memory(arguments, candidate.graph)));
		}
	}

	private static int processors() {
		return Runtime.getRuntime().availableProcessors();
	}

	private static Map<String, Path> graphs(Path directory) throws IOException {
		Map<String, Path> graphs = new LinkedHashMap<>();
		graphs.put(REFERENCE, new ModelFiles(directory).shippedGraph());
		graphs.put("int8, as published", BundledFile.of("all-minilm-l6-v2-q.onnx").unpackTo(directory, "q.onnx"));
		graphs.putAll(GraphVariants.write(directory));
		return graphs;
	}

	private static List<long[]> texts(Path logs, int count) throws IOException {
		Set<String> found = new LinkedHashSet<>();
		try (Stream<Path> files = Files.walk(logs)) {
			files.filter((file) -> file.toString().endsWith(".jsonl")).sorted().forEach((file) -> read(file, found));
		}
		List<String> texts = new ArrayList<>(found);
		Collections.shuffle(texts, new Random(5));
		try (Tokenizer tokenizer = Tokenizer.open(ModelFiles.TOKENIZER)) {
			return texts.stream().limit(count).map((text) -> tokenizer.ids(text, TOKENS)).toList();
		}
	}

	private static void read(Path file, Set<String> found) {
		JsonMapper mapper = JsonMapper.builder().build();
		try (Stream<String> lines = Files.lines(file)) {
			lines.forEach((line) -> {
				try {
					collect(mapper.readTree(line), found);
				}
				catch (JacksonException ex) {
					// Logs have broken lines.
				}
			});
		}
		catch (IOException | UncheckedIOException ex) {
			System.err.println("Left out " + file + ": " + ex.getMessage());
		}
	}

	private static void collect(JsonNode node, Set<String> found) {
		node.forEach((child) -> collect(child, found));
		if (node.isString() && node.stringValue().contains(" ")) {
			String text = node.stringValue();
			for (int start = 0; start < text.length(); start += PIECE) {
				String piece = text.substring(start, Math.min(text.length(), start + PIECE));
				if (piece.length() > SHORTEST) {
					found.add(piece);
				}
			}
		}
	}

	private static List<Candidate> embed(Map<String, Path> graphs, List<long[]> texts) throws Exception {
		List<Candidate> candidates = new ArrayList<>();
		graphs.forEach((name, graph) -> candidates.add(new Candidate(name, graph, texts.size())));
		try (ExecutorService threads = Executors.newFixedThreadPool(processors())) {
			for (int start = 0; start + TURN <= texts.size(); start += TURN) {
				for (int i = 0; i < candidates.size(); i++) {
					candidates.get((i + start / TURN) % candidates.size()).embed(texts, start, threads);
				}
			}
		}
		candidates.forEach((candidate) -> candidate.transformer.close());
		return candidates;
	}

	private static String row(Candidate candidate, Candidate reference, long memory) {
		int texts = candidate.seconds.size() * TURN;
		double[] cosines = IntStream.range(0, texts)
			.mapToDouble((i) -> cosine(reference.vectors[i], candidate.vectors[i]))
			.toArray();
		double[] speeds = IntStream.range(0, candidate.seconds.size())
			.mapToDouble((i) -> reference.seconds.get(i) / candidate.seconds.get(i))
			.sorted()
			.toArray();
		return String.format(Locale.ROOT, "| %s | %.2f | %.2f / %.2f | %.1f | %.5f | %.5f | %.3f | %d |",
				candidate.name, speeds[speeds.length / 2], speeds[speeds.length / 10],
				speeds[speeds.length - 1 - speeds.length / 10],
				texts / candidate.seconds.stream().mapToDouble(Double::doubleValue).sum(),
				Arrays.stream(cosines).average().orElseThrow(), Arrays.stream(cosines).min().orElseThrow(),
				commonNeighbours(reference.vectors, candidate.vectors, texts), memory);
	}

	private static double cosine(float[] one, float[] other) {
		double product = 0;
		for (int i = 0; i < one.length; i++) {
			product += one[i] * (double) other[i];
		}
		return product;
	}

	private static double commonNeighbours(float[][] reference, float[][] vectors, int count) {
		return IntStream.range(0, count).parallel().mapToDouble((i) -> {
			List<Integer> common = new ArrayList<>(nearest(reference, i, count));
			common.retainAll(nearest(vectors, i, count));
			return common.size() / (double) NEIGHBOURS;
		}).average().orElseThrow();
	}

	private static List<Integer> nearest(float[][] vectors, int index, int count) {
		double[] cosines = new double[count];
		for (int i = 0; i < count; i++) {
			cosines[i] = (i != index) ? cosine(vectors[index], vectors[i]) : -1;
		}
		double[] sorted = cosines.clone();
		Arrays.sort(sorted);
		double least = sorted[count - NEIGHBOURS];
		return IntStream.range(0, count).filter((i) -> cosines[i] >= least).boxed().limit(NEIGHBOURS).toList();
	}

	private static long memory(String[] arguments, Path graph) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xmx64m", "-Xss512k", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), PrecisionTable.class.getName(), arguments[0], arguments[1],
				arguments[2], graph.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return output.strip().lines().mapToLong(Long::parseLong).max().orElse(0);
	}

	private static void measureMemory(String[] arguments) throws Exception {
		Random random = new Random(3);
		List<long[]> texts = IntStream.range(0, TEXTS_FOR_MEMORY)
			.mapToObj((i) -> random.longs(3 + random.nextInt(TOKENS - 2), 1_000, 30_000).toArray())
			.toList();
		Candidate candidate = new Candidate("", Path.of(arguments[3]), texts.size());
		try (ExecutorService threads = Executors.newFixedThreadPool(processors())) {
			candidate.embed(texts, 0, threads);
			for (int start = TURN; start < texts.size(); start += TURN) {
				candidate.embed(texts, start, threads);
			}
		}
		candidate.transformer.close();
		try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
			status.filter((line) -> line.startsWith("VmHWM"))
				.forEach((line) -> System.out.println(Long.parseLong(line.replaceAll("\\D", "")) / 1024));
		}
	}

	/**
	 * A graph, the vectors that it makes, and the processor time that they need.
	 */
	private static final class Candidate {

		private final String name;

		private final Path graph;

		private final Transformer transformer;

		private final float[][] vectors;

		private final List<Double> seconds = new ArrayList<>();

		Candidate(String name, Path graph, int texts) {
			this.name = name;
			this.graph = graph;
			this.transformer = Transformer.open(graph, Pooling.MEAN, TOKENS);
			this.vectors = new float[texts][];
		}

		void embed(List<long[]> texts, int start, ExecutorService threads) throws Exception {
			AtomicInteger next = new AtomicInteger(start);
			Callable<Double> work = () -> {
				long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
				for (int i = next.getAndIncrement(); i < start + TURN; i = next.getAndIncrement()) {
					this.vectors[i] = this.transformer.run(texts.get(i));
				}
				return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
			};
			double total = 0;
			for (Future<Double> part : threads.invokeAll(Collections.nCopies(processors(), work))) {
				total += part.get();
			}
			this.seconds.add(total);
		}

	}

}
