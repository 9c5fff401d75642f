package io.reflectbatch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.document.Document;
import org.springframework.ai.transformers.TransformersEmbeddingModel;
import org.springframework.ai.vectorstore.qdrant.QdrantVectorStore;
import org.springframework.core.io.FileSystemResource;

/**
 * Embeds the texts of a JSONL file and writes them to Qdrant, ten at a time, with nothing
 * but Spring AI. Arguments: the file, {@code int8} or {@code fp32} (which the graph says
 * as well), the tokens a text, the graph, the tokenizer, the gRPC port of a Qdrant on
 * this machine, a collection that is not there yet.
 */
public final class SpringAiImport {

	private static final int BATCH = 10;

	private SpringAiImport() {
	}

	public static void main(String[] arguments) throws Exception {
		int port = Integer.parseInt(arguments[5]);
		try (QdrantClient client = new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build())) {
			long start = System.nanoTime();
			QdrantVectorStore store = QdrantVectorStore.builder(client, model(arguments))
				.collectionName(arguments[6])
				.initializeSchema(true)
				// Its own strategy refuses texts of more than 8,191 tokens of another model.
				.batchingStrategy(List::of)
				.build();
			store.afterPropertiesSet();
			int texts = write(Path.of(arguments[0]), store);
			System.out.printf("{\"texts\":%d,\"seconds\":%s}%n", texts, (System.nanoTime() - start) / 1e9);
		}
		System.exit(0);
	}

	private static TransformersEmbeddingModel model(String[] arguments) throws Exception {
		TransformersEmbeddingModel model = new TransformersEmbeddingModel();
		model.setModelResource(new FileSystemResource(arguments[3]));
		model.setModelOutputName("last_hidden_state");
		model.setTokenizerResource(new FileSystemResource(arguments[4]));
		model.setTokenizerOptions(Map.of("truncation", "true", "maxLength", arguments[2], "padding", "true"));
		model.setDisableCaching(true);
		model.afterPropertiesSet();
		return model;
	}

	private static int write(Path file, QdrantVectorStore store) throws IOException {
		JsonMapper json = JsonMapper.shared();
		int count = 0;
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			List<Document> batch = new ArrayList<>();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				batch.add(new Document(json.readTree(line).get("text").asString()));
				if (batch.size() == BATCH) {
					count += write(batch, store);
				}
			}
			return count + write(batch, store);
		}
	}

	private static int write(List<Document> batch, QdrantVectorStore store) {
		int count = batch.size();
		if (count > 0) {
			store.add(List.copyOf(batch));
			batch.clear();
		}
		return count;
	}

}
