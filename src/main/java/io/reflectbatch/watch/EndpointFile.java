package io.reflectbatch.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where in the data directory the address of the watch stands, for whoever wants to ask
 * it how it is.
 */
public final class EndpointFile {

	private static final String NAME = "watch-endpoint";

	private static final int TIMEOUT_MILLIS = 5000;

	private final Path file;

	public EndpointFile(Path home) {
		this.file = home.resolve(NAME);
	}

	void write(String url) throws IOException {
		Path temporary = this.file.resolveSibling(NAME + ".tmp");
		Files.writeString(temporary, url + "\n");
		Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Deletes it, unless another watch has written its own address meanwhile.
	 * @param url the address that was written
	 */
	void delete(String url) throws IOException {
		if (Files.exists(this.file) && url().equals(url)) {
			Files.delete(this.file);
		}
	}

	/**
	 * Asks the watch how it is.
	 * @return what it says
	 * @throws IOException if there is none, or it does not answer
	 */
	public Answer ask() throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(url() + "/health")
			.toURL()
			.openConnection(Proxy.NO_PROXY);
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		int status = connection.getResponseCode();
		try (InputStream body = (status == HttpURLConnection.HTTP_OK) ? connection.getInputStream()
				: connection.getErrorStream()) {
			String text = (body != null) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
			return new Answer(status == HttpURLConnection.HTTP_OK, text.strip());
		}
	}

	private String url() throws IOException {
		try {
			return Files.readString(this.file).strip();
		}
		catch (NoSuchFileException ex) {
			throw new IOException(
					"No watch that serves its health has " + this.file.getParent() + " for its data directory", ex);
		}
	}

	/**
	 * What a watch says of itself.
	 *
	 * @param healthy whether it is well
	 * @param document what it says, in JSON
	 */
	public record Answer(boolean healthy, String document) {

	}

}
