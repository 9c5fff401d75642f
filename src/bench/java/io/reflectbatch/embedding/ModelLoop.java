package io.reflectbatch.embedding;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.json.JsonMapper;

/**
 * The limit of an import: nothing but the model, over the tokens of the texts of a JSONL
 * file, on as many threads as there are processors. Arguments: the file, the precision,
 * the tokens a text, a data directory in which the model was unpacked.
 */
public final class ModelLoop {

	private ModelLoop() {
	}

	public static void main(String[] arguments) throws ReflectiveOperationException, IOException, InterruptedException {
		Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
		int maximumTokens = Integer.parseInt(arguments[2]);
		try (Embedder embedder = Embedder.open(precision, maximumTokens, Path.of(arguments[3]))) {
			Tokenizer tokenizer = (Tokenizer) part(embedder, "tokenizer");
			List<long[]> texts = tokens(Path.of(arguments[0]), tokenizer, maximumTokens);
			double seconds = run((Transformer) part(embedder, "transformer"), texts);
			long tokens = texts.stream().mapToLong((ids) -> ids.length - 2).sum();
			System.out.printf(Locale.ROOT, "{\"texts\":%d,\"tokens\":%d,\"seconds\":%s}%n", texts.size(), tokens,
					seconds);
		}
	}

	/**
	 * What the application runs, and not a copy; it has no reason to show it to anybody
	 * else.
	 */
	private static Object part(Embedder embedder, String name) throws ReflectiveOperationException {
		Field field = Embedder.class.getDeclaredField(name);
		field.setAccessible(true);
		return field.get(embedder);
	}

	private static List<long[]> tokens(Path file, Tokenizer tokenizer, int maximumTokens) throws IOException {
		List<long[]> tokens = new ArrayList<>();
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				tokens.add(tokenizer.ids(JsonMapper.shared().readTree(line).get("text").asString(), maximumTokens));
			}
		}
		return tokens;
	}

	private static double run(Transformer model, List<long[]> texts) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
			threads.add(Thread.ofPlatform().start(() -> {
				for (int index = next.getAndIncrement(); index < texts.size(); index = next.getAndIncrement()) {
					model.run(texts.get(index));
				}
			}));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		return (System.nanoTime() - start) / 1e9;
	}

}
