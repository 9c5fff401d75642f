package io.reflectbatch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.qdrant.QdrantEmbeddingStore;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;

/**
 * Embeds the texts of a JSONL file and writes them to Qdrant, ten at a time, with nothing
 * but LangChain4j. Arguments: the file, {@code int8} or {@code fp32}, the tokens a text,
 * the graph and the tokenizer (for other limits than LangChain4j's own 128), the gRPC
 * port of a Qdrant on this machine, a collection that is not there yet.
 */
public final class LangChain4jImport {

	private static final int BATCH = 10;

	private LangChain4jImport() {
	}

	public static void main(String[] arguments) throws Exception {
		int port = Integer.parseInt(arguments[5]);
		String collection = arguments[6];
		try (QdrantClient client = new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build())) {
			client
				.createCollectionAsync(collection,
						VectorParams.newBuilder().setSize(384).setDistance(Distance.Cosine).build())
				.get();
			QdrantEmbeddingStore store = QdrantEmbeddingStore.builder().client(client).collectionName(collection).build();
			long start = System.nanoTime();
			int texts = write(Path.of(arguments[0]), model(arguments), store);
			System.out.printf("{\"texts\":%d,\"seconds\":%s}%n", texts, (System.nanoTime() - start) / 1e9);
		}
		// The model leaves a pool of threads behind.
		System.exit(0);
	}

	private static EmbeddingModel model(String[] arguments) {
		boolean int8 = arguments[1].equals("int8");
		if (arguments[2].equals("128")) {
			return int8 ? new AllMiniLmL6V2QuantizedEmbeddingModel() : new AllMiniLmL6V2EmbeddingModel();
		}
		return new OnnxEmbeddingModel(Path.of(arguments[3]), Path.of(arguments[4]), PoolingMode.MEAN);
	}

	private static int write(Path file, EmbeddingModel model, QdrantEmbeddingStore store) throws IOException {
		ObjectMapper json = new ObjectMapper();
		int count = 0;
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			List<TextSegment> batch = new ArrayList<>();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				batch.add(TextSegment.from(json.readTree(line).get("text").asText()));
				if (batch.size() == BATCH) {
					count += write(batch, model, store);
				}
			}
			return count + write(batch, model, store);
		}
	}

	private static int write(List<TextSegment> batch, EmbeddingModel model, QdrantEmbeddingStore store) {
		int count = batch.size();
		if (count > 0) {
			store.addAll(model.embedAll(batch).content(), batch);
			batch.clear();
		}
		return count;
	}

}
