package io.reflectbatch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.reflectbatch.store.qdrant.QdrantServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Qdrant that everybody writes to: {@code QDRANT_URL}, or that of the tests.
 */
public final class Qdrant implements AutoCloseable {

	private static final int PAGE = 1_000;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final @Nullable QdrantServer server;

	private final URI url;

	private Qdrant(@Nullable QdrantServer server, URI url) {
		this.server = server;
		this.url = url;
	}

	/**
	 * Finds or starts a server. One that is not ours must be empty, as the benchmark
	 * deletes all collections between two imports.
	 */
	public static Qdrant open() throws IOException, InterruptedException {
		String url = System.getenv("QDRANT_URL");
		if (url == null || url.isBlank()) {
			QdrantServer server = QdrantServer.start(null);
			return new Qdrant(server, server.url());
		}
		Qdrant qdrant = new Qdrant(null, URI.create(url));
		if (!qdrant.collections().isEmpty()) {
			throw new IllegalStateException(
					"The Qdrant at %s has collections; the benchmark deletes all it finds between two imports. Name an empty one with QDRANT_URL, or none."
						.formatted(url));
		}
		return qdrant;
	}

	public URI url() {
		return this.url;
	}

	/**
	 * The gRPC port, the next one as everywhere.
	 */
	int grpcPort() {
		return this.url.getPort() + 1;
	}

	public void clear() throws IOException, InterruptedException {
		for (String collection : collections()) {
			send("DELETE", "/collections/" + collection, "");
		}
	}

	private List<String> collections() throws IOException, InterruptedException {
		List<String> names = new ArrayList<>();
		send("GET", "/collections", "").get("collections")
			.forEach((collection) -> names.add(collection.get("name").asString()));
		return names;
	}

	/**
	 * Returns the texts of all points, in the order of the conversations.
	 */
	List<String> texts() throws IOException, InterruptedException {
		List<Text> texts = new ArrayList<>();
		for (String collection : collections()) {
			readTexts(collection, texts);
		}
		texts.sort(Comparator.comparing(Text::conversation).thenComparingInt(Text::chunk));
		return texts.stream().map(Text::text).toList();
	}

	private void readTexts(String collection, List<Text> texts) throws IOException, InterruptedException {
		String offset = "null";
		while (offset != null) {
			JsonNode page = send("POST", "/collections/" + collection + "/points/scroll",
					"{\"limit\":%d,\"offset\":%s,\"with_payload\":[\"text\",\"conversation_id\",\"chunk_index\"]}"
						.formatted(PAGE, offset));
			page.get("points").forEach((point) -> texts.add(Text.of(point.get("payload"))));
			JsonNode next = page.get("next_page_offset");
			offset = (next == null || next.isNull()) ? null : next.toString();
		}
	}

	private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.url.resolve(path))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		if (response.statusCode() >= 300) {
			throw new IOException(method + " " + path + " at " + this.url + ": " + response.body());
		}
		return JSON.readTree(response.body()).get("result");
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.close();
		}
	}

	/**
	 * The text of a point and its place.
	 *
	 * @param conversation the conversation
	 * @param chunk the index of the chunk
	 * @param text the text
	 */
	private record Text(String conversation, int chunk, String text) {

		static Text of(JsonNode payload) {
			return new Text(payload.get("conversation_id").asString(), payload.get("chunk_index").asInt(),
					payload.get("text").asString());
		}

	}

}
