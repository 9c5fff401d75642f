package io.reflectbatch.conversation;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Chunks that the model reads to the end: consecutive messages as long as they fit into
 * its window.
 * <p>
 * A message that does not fit into the rest of the open window begins a new one. A
 * message that is too long for any window is cut into pieces (see {@link MessagePieces}),
 * each with the role in front; it always begins a window, and the messages after it may
 * join its last piece. A piece may repeat the last tokens of the one before it. The
 * tokens of a window are those of its lines plus {@code [CLS]} and {@code [SEP]}, because
 * the model's words end at line feeds.
 */
public final class WindowChunker implements Chunker {

	private static final int SPECIAL_TOKENS = 2;

	private static final int MINIMUM_TOKENS = 16;

	/**
	 * White space and words that are unknown as a whole cost next to no tokens, but they
	 * must fit into memory and into a payload.
	 */
	static final int MAXIMUM_CHARACTERS = 16 * 1024;

	private final TokenCounter tokens;

	private final int maximumTokens;

	private final int overlap;

	private final int maximumMessages;

	private int index;

	private @Nullable Window open;

	/**
	 * Chunks a file from its beginning.
	 * @param tokens counts the tokens of the model
	 * @param maximumTokens the window of the model in tokens, {@code [CLS]} and
	 * {@code [SEP]} included, for example 256
	 * @param maximumMessages the most messages of a chunk
	 */
	public WindowChunker(TokenCounter tokens, int maximumTokens, int maximumMessages) {
		this(tokens, maximumTokens, 0, maximumMessages, 0);
	}

	/**
	 * Chunks a file from the {@link Chunk#start() start} of one of its chunks.
	 * @param tokens counts the tokens of the model
	 * @param maximumTokens the window of the model in tokens, {@code [CLS]} and
	 * {@code [SEP]} included, for example 256
	 * @param overlap how many tokens of a piece of a long message the next piece repeats
	 * at most; never more than half of it
	 * @param maximumMessages the most messages of a chunk
	 * @param firstChunk the index of the chunk that begins there: the
	 * {@link ReadingPosition#chunk() chunk} of the start
	 */
	public WindowChunker(TokenCounter tokens, int maximumTokens, int overlap, int maximumMessages, int firstChunk) {
		if (maximumTokens < MINIMUM_TOKENS) {
			throw new IllegalArgumentException(
					"A window holds at least " + MINIMUM_TOKENS + " tokens, not " + maximumTokens);
		}
		if (overlap < 0) {
			throw new IllegalArgumentException("Windows overlap by 0 tokens or more, not " + overlap);
		}
		if (maximumMessages < 1) {
			throw new IllegalArgumentException("A window holds at least 1 message, not " + maximumMessages);
		}
		this.tokens = tokens;
		this.maximumTokens = maximumTokens - SPECIAL_TOKENS;
		this.overlap = overlap;
		this.maximumMessages = maximumMessages;
		this.index = firstChunk;
	}

	@Override
	public void add(Message message, Consumer<Chunk> completed) {
		MessagePieces pieces = new MessagePieces(message, this.tokens, this.maximumTokens, this.overlap,
				MAXIMUM_CHARACTERS);
		Line line = pieces.next();
		if (pieces.hasNext() || !fits(line)) {
			complete(completed);
		}
		ReadingPosition start = Window.startAt(message, this.index);
		join(message, line, start);
		while (pieces.hasNext()) {
			complete(completed);
			join(message, pieces.next(), start);
		}
		if (this.open != null && this.open.messages() == this.maximumMessages) {
			complete(completed);
		}
	}

	private boolean fits(Line line) {
		return this.open != null && this.open.tokens() + line.tokens() <= this.maximumTokens
				&& this.open.characters() + 1 + line.text().length() <= MAXIMUM_CHARACTERS;
	}

	private void join(Message message, Line line, ReadingPosition start) {
		if (this.open != null) {
			this.open.append(message, line.text(), line.tokens());
		}
		else {
			this.open = new Window(message, line.text(), line.tokens(), start);
		}
	}

	private void complete(Consumer<Chunk> completed) {
		if (this.open != null) {
			completed.accept(this.open.toChunk(this.index++));
			this.open = null;
		}
	}

	@Override
	public void finish(Consumer<Chunk> completed) {
		if (this.open != null) {
			completed.accept(this.open.toChunk(this.index));
		}
	}

	@Override
	public ReadingPosition continueAt(ReadingPosition next) {
		return (this.open != null) ? this.open.start() : next.withChunk(this.index);
	}

}
