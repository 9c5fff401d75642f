package io.reflectbatch.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache in a file: a ring of records of the same length, so that it is never larger
 * than it may be. It holds no text, but the MD5 of each: whoever makes two texts with the
 * same one on purpose gets the vector of the other.
 * <p>
 * A record is its number (from 1, over all rounds), the key, the counts of tokens, the
 * values of the vector, and a CRC of all of these, by which one that was not written to
 * its end is told. Numbers are in the byte order of the network.
 */
final class StoredEmbeddings implements EmbeddingCache {

	private static final Logger logger = LoggerFactory.getLogger(StoredEmbeddings.class);

	private static final byte[] MAGIC = "reflect-batch vectors 1\n".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Of the file: the magic and the dimension of the vectors.
	 */
	private static final int HEADER = MAGIC.length + Integer.BYTES;

	/**
	 * Of a record: its number and the key.
	 */
	private static final int RECORD_HEADER = 3 * Long.BYTES;

	private final FileChannel file;

	private final String recipe;

	private final int recordLength;

	private final int capacity;

	/**
	 * Where the record of a key is.
	 */
	private final Map<UUID, Integer> places = new HashMap<>();

	/**
	 * The key at a place.
	 */
	private final List<UUID> keys = new ArrayList<>();

	private long last;

	private int next;

	private boolean broken;

	private StoredEmbeddings(FileChannel file, long size, EmbeddingModel model) throws IOException {
		this.file = file;
		this.recipe = model.recipe();
		this.recordLength = RECORD_HEADER + (2 + model.dimension()) * Integer.BYTES + Integer.BYTES;
		this.capacity = (int) Math.max(0, (size - HEADER) / this.recordLength);
		lock();
		readHeader(model.dimension());
		readKeys();
	}

	/**
	 * Opens a cache. A file that cannot be used is a warning and no cache: it makes an
	 * import slower, and nothing else.
	 * @param path where it is, and is created if there is none
	 * @param size how large it may be, in bytes
	 * @param model what makes the vectors; what another one made is not found, and gives
	 * way in time
	 */
	static EmbeddingCache open(Path path, long size, EmbeddingModel model) {
		try {
			FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
					StandardOpenOption.WRITE);
			try {
				return new StoredEmbeddings(file, size, model);
			}
			catch (IOException ex) {
				file.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			logger.warn("Every text is embedded, since the cache {} cannot be used: {}", path, ex.getMessage());
			return NONE;
		}
	}

	private void lock() throws IOException {
		try {
			if (this.file.tryLock() != null) {
				return;
			}
		}
		catch (OverlappingFileLockException ex) {
			throw new IOException("another import of this process uses it", ex);
		}
		throw new IOException("another process uses it");
	}

	private void readHeader(int dimension) throws IOException {
		ByteBuffer expected = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(dimension).flip();
		ByteBuffer found = read(0, HEADER);
		if (found != null && !found.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
			throw new IOException("it is no cache of vectors; delete it if nothing else needs it");
		}
		// Another dimension, or a process that died before it had written one.
		if (!expected.equals(found)) {
			this.file.truncate(0);
			write(expected, 0);
		}
	}

	private void readKeys() throws IOException {
		this.file.truncate(position(this.capacity));
		ByteBuffer header = read(position(0), RECORD_HEADER);
		while (header != null) {
			long number = header.getLong();
			UUID key = new UUID(header.getLong(), header.getLong());
			this.keys.add(key);
			this.places.put(key, this.keys.size() - 1);
			if (number > this.last) {
				this.last = number;
				this.next = this.keys.size();
			}
			header = read(position(this.keys.size()), RECORD_HEADER);
		}
	}

	private long position(int place) {
		return HEADER + (long) this.recordLength * place;
	}

	@Override
	public synchronized @Nullable Embedding find(String text) {
		UUID key = key(text);
		Integer place = this.places.get(key);
		if (place == null || this.broken) {
			return null;
		}
		try {
			ByteBuffer found = read(position(place), this.recordLength);
			return (found != null && isWhole(found)) ? embedding(found) : null;
		}
		catch (IOException ex) {
			giveUp(ex);
			return null;
		}
	}

	@Override
	public synchronized void add(String text, Embedding embedding) {
		if (this.broken || this.capacity == 0) {
			return;
		}
		UUID key = key(text);
		int place = (this.next < this.capacity) ? this.next : 0;
		try {
			write(bytes(this.last + 1, key, embedding), position(place));
		}
		catch (IOException ex) {
			giveUp(ex);
			return;
		}
		this.last++;
		this.next = place + 1;
		if (place == this.keys.size()) {
			this.keys.add(key);
		}
		else {
			this.places.remove(this.keys.set(place, key), place);
		}
		this.places.put(key, place);
	}

	private void giveUp(IOException failure) {
		if (!this.broken) {
			this.broken = true;
			logger.warn("From now on every text is embedded, since the cache fails: {}", failure.toString());
		}
	}

	private UUID key(String text) {
		return UUID.nameUUIDFromBytes((this.recipe + "\n" + text).getBytes(StandardCharsets.UTF_8));
	}

	private ByteBuffer bytes(long number, UUID key, Embedding embedding) {
		ByteBuffer bytes = ByteBuffer.allocate(this.recordLength)
			.putLong(number)
			.putLong(key.getMostSignificantBits())
			.putLong(key.getLeastSignificantBits())
			.putInt(embedding.tokens())
			.putInt(embedding.textTokens());
		for (float value : embedding.vector()) {
			bytes.putFloat(value);
		}
		return bytes.putInt(crc(bytes)).flip();
	}

	private Embedding embedding(ByteBuffer bytes) {
		bytes.position(RECORD_HEADER);
		int tokens = bytes.getInt();
		int textTokens = bytes.getInt();
		float[] vector = new float[(bytes.remaining() - Integer.BYTES) / Float.BYTES];
		bytes.asFloatBuffer().get(vector);
		return new Embedding(vector, tokens, textTokens);
	}

	private boolean isWhole(ByteBuffer bytes) {
		return bytes.getInt(this.recordLength - Integer.BYTES) == crc(bytes);
	}

	private int crc(ByteBuffer bytes) {
		CRC32 crc = new CRC32();
		crc.update(bytes.slice(0, this.recordLength - Integer.BYTES));
		return (int) crc.getValue();
	}

	/**
	 * Returns null where the file ends before.
	 */
	private @Nullable ByteBuffer read(long position, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length);
		while (bytes.hasRemaining()) {
			if (this.file.read(bytes, position + bytes.position()) < 0) {
				return null;
			}
		}
		return bytes.flip();
	}

	private void write(ByteBuffer bytes, long position) throws IOException {
		int start = bytes.position();
		while (bytes.hasRemaining()) {
			this.file.write(bytes, position + bytes.position() - start);
		}
	}

	@Override
	public synchronized void close() {
		this.broken = true;
		try {
			this.file.close();
		}
		catch (IOException ex) {
			logger.warn("The cache was not closed: {}", ex.toString());
		}
	}

}
