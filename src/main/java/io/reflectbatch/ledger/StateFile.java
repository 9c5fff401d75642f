package io.reflectbatch.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes {@code imported-files.json}, the state file of the Python importer.
 * Its versions disagree on the keys of an entry; we write the union, so that each of them
 * skips every file, and read any of them. A name that ends with {@code .gz} is
 * compressed. Reads and writes one entry at a time.
 */
final class StateFile {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String TEMPORARY_SUFFIX = ".tmp";

	private static final double MILLIS = 1e3;

	// The end of the year 9999, the last that every reader of a time knows.
	private static final double LATEST = 253_402_300_799.0;

	private final Path path;

	StateFile(Path path) {
		this.path = path;
	}

	/**
	 * Writes a state file: a temporary file beside it, then a rename. Removes what a
	 * process that was killed while it wrote has left.
	 * @param entries is called with what takes the entries
	 */
	void write(Consumer<Consumer<StateFileEntry>> entries) {
		// A lock on a file belongs to the process, not to a thread.
		synchronized (StateFile.class) {
			replace(entries);
		}
	}

	private void replace(Consumer<Consumer<StateFileEntry>> entries) {
		try {
			Files.createDirectories(directory());
			removeLeftovers();
			boolean written;
			do {
				// An import and an export may write at the same time, and in containers
				// that share a volume both may have the same process id.
				Path temporary = this.path
					.resolveSibling(this.path.getFileName() + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
				try {
					written = write(temporary, entries);
				}
				finally {
					// Nothing is there any more unless the writing or the rename failed.
					Files.deleteIfExists(temporary);
				}
			}
			while (!written);
		}
		catch (IOException | JacksonException ex) {
			throw new StateFileException("Cannot write the state file " + this.path + ": " + reason(ex)
					+ ". Make the directory writable or name another file with STATE_FILE.", ex);
		}
	}

	/**
	 * Writes the temporary file and renames it.
	 * @return {@code false} if another process took the file, in the moment before it was
	 * locked, for one that a dead process has left, and removed it
	 */
	private boolean write(Path temporary, Consumer<Consumer<StateFileEntry>> entries) throws IOException {
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE)) {
			// Held until the file has its final name: the sign that its writer lives.
			channel.lock();
			if (!Files.exists(temporary)) {
				return false;
			}
			try (JsonGenerator json = JSON.writer().with(printer()).createGenerator(output(channel))) {
				json.writeStartObject();
				json.writeObjectPropertyStart("imported_files");
				entries.accept((entry) -> write(json, entry));
				json.writeEndObject();
				json.writeEndObject();
			}
			channel.force(true);
			Files.move(temporary, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			return true;
		}
	}

	// The system releases the lock of a process that dies.
	private void removeLeftovers() throws IOException {
		String prefix = this.path.getFileName() + ".";
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory(), (file) -> {
			String name = file.getFileName().toString();
			return name.startsWith(prefix) && name.endsWith(TEMPORARY_SUFFIX);
		})) {
			for (Path leftover : leftovers) {
				try (FileChannel channel = FileChannel.open(leftover, StandardOpenOption.WRITE);
						FileLock lock = channel.tryLock()) {
					if (lock != null) {
						Files.deleteIfExists(leftover);
					}
				}
				catch (NoSuchFileException ex) {
					// Its writer lives, and has just renamed it.
				}
			}
		}
	}

	private static void write(JsonGenerator json, StateFileEntry entry) {
		json.writeObjectPropertyStart(entry.path());
		if (entry.lastModified() != null) {
			json.writeName("last_modified");
			json.writeNumber(decimal(entry.lastModified()));
		}
		json.writeName("last_imported");
		json.writeNumber(decimal(entry.importedAt().toEpochMilli() / MILLIS));
		json.writeNumberProperty("chunks_imported", entry.chunks());
		json.writeStringProperty("imported_at", entry.importedAt().toString());
		json.writeNumberProperty("chunks", entry.chunks());
		json.writeEndObject();
	}

	// Python prints the shortest digits that give the same double again, with a
	// fraction.
	private static String decimal(double value) {
		String digits = new BigDecimal(Double.toString(value)).toPlainString();
		return digits.contains(".") ? digits : digits + ".0";
	}

	private static DefaultPrettyPrinter printer() {
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		return new DefaultPrettyPrinter(
				Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
			.withObjectIndenter(indenter)
			.withArrayIndenter(indenter);
	}

	private Path directory() {
		return Objects.requireNonNull(this.path.toAbsolutePath().getParent());
	}

	private OutputStream output(FileChannel channel) throws IOException {
		// The end of the JSON is not the end of the lock.
		OutputStream output = StreamUtils.nonClosing(Channels.newOutputStream(channel));
		return isCompressed() ? new GZIPOutputStream(output) : output;
	}

	/**
	 * Reads a state file.
	 * @param action receives the entries, one at a time
	 * @throws StateFileException if the file is damaged; the message names the line
	 */
	void read(Consumer<StateFileEntry> action) {
		try (InputStream input = input(); JsonParser json = JSON.createParser(input)) {
			expect(json, json.nextToken(), JsonToken.START_OBJECT);
			while (json.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean files = "imported_files".equals(json.currentName());
				json.nextToken();
				if (files) {
					expect(json, json.currentToken(), JsonToken.START_OBJECT);
					readEntries(json, action);
				}
				else {
					json.skipChildren();
				}
			}
			expect(json, json.currentToken(), JsonToken.END_OBJECT);
			expect(json, json.nextToken(), null);
		}
		catch (JacksonException ex) {
			throw damaged(ex.getLocation().getLineNr(), ex.getOriginalMessage(), ex);
		}
		catch (IOException ex) {
			throw new StateFileException("Cannot read the state file " + this.path + ": " + reason(ex)
					+ ". Name the imported-files.json of the Python importer.", ex);
		}
	}

	private InputStream input() throws IOException {
		InputStream input = Files.newInputStream(this.path);
		return isCompressed() ? new GZIPInputStream(input) : input;
	}

	private void readEntries(JsonParser json, Consumer<StateFileEntry> action) {
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String path = json.currentName();
			JsonToken value = json.nextToken();
			if (value == JsonToken.VALUE_STRING) {
				action.accept(new StateFileEntry(path, null, time(json), 0));
			}
			else {
				expect(json, value, JsonToken.START_OBJECT);
				action.accept(readEntry(json, path));
			}
		}
		expect(json, json.currentToken(), JsonToken.END_OBJECT);
	}

	private StateFileEntry readEntry(JsonParser json, String path) {
		Double lastModified = null;
		Instant importedAt = Instant.EPOCH;
		int chunks = 0;
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = json.currentName();
			JsonToken value = json.nextToken();
			switch (name) {
				case "last_modified" -> lastModified = number(json, value);
				case "last_imported" -> importedAt = Instant.ofEpochMilli(Math.round(number(json, value) * MILLIS));
				case "imported_at" -> importedAt = time(json);
				case "chunks_imported", "chunks" ->
					chunks = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) number(json, value)));
				default -> json.skipChildren();
			}
		}
		expect(json, json.currentToken(), JsonToken.END_OBJECT);
		return new StateFileEntry(path, lastModified, importedAt, chunks);
	}

	private double number(JsonParser json, JsonToken value) {
		if (!value.isNumeric()) {
			throw damaged(line(json),
					"a number was expected for '" + json.currentName() + "', found " + json.getString(), null);
		}
		double number = json.getDoubleValue();
		if (number < 0 || number > LATEST) {
			throw damaged(line(json), "a number from 0 to " + (long) LATEST + " was expected for '" + json.currentName()
					+ "', found " + json.getString(), null);
		}
		return number;
	}

	// Python prints times without a zone where they are local.
	private Instant time(JsonParser json) {
		String text = json.getString();
		try {
			return (text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")) ? OffsetDateTime.parse(text).toInstant()
					: LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
		}
		catch (DateTimeException ex) {
			throw damaged(line(json), "an ISO-8601 time was expected, found '" + text + "'", ex);
		}
	}

	private void expect(JsonParser json, @Nullable JsonToken found, @Nullable JsonToken expected) {
		if (found != expected) {
			throw damaged(line(json), name(expected) + " was expected, found " + name(found), null);
		}
	}

	private static String name(@Nullable JsonToken token) {
		return (token != null) ? token.name().toLowerCase(Locale.ROOT).replace('_', ' ') : "the end of the file";
	}

	private static int line(JsonParser json) {
		return json.currentTokenLocation().getLineNr();
	}

	private StateFileException damaged(int line, String what, @Nullable Throwable cause) {
		return new StateFileException("The state file " + this.path + " is damaged in line " + line + ": " + what
				+ ". It is left as it is; restore it from a backup, or import without it.", cause);
	}

	private boolean isCompressed() {
		return this.path.toString().endsWith(".gz");
	}

	private static String reason(Exception exception) {
		String message = exception.getMessage();
		return (message != null) ? exception.getClass().getSimpleName() + " " + message
				: exception.getClass().getSimpleName();
	}

}
