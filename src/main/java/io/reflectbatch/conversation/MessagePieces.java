package io.reflectbatch.conversation;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts a message into lines {@code ROLE: piece} that each fit into a window. The pieces
 * together are the whole text; a message that fits is a single piece. A piece may repeat
 * the end of the one before it, so that what is said across a cut is whole in one of
 * them.
 * <p>
 * Every piece is read for itself, from its beginning to a little further than it will
 * probably reach, judging by the piece before: what a piece becomes depends only on the
 * message, memory is bounded by a window, and time is linear whatever the text is. A
 * piece is tokenized again only if it was cut elsewhere than after white space, because
 * half words have other tokens.
 */
final class MessagePieces implements Iterator<Line> {

	/**
	 * The guess for the first piece. English prose has 4.5.
	 */
	private static final int CHARACTERS_PER_TOKEN = 5;

	private static final int MARGIN = 64;

	private final Message message;

	private final String text;

	private final String prefix;

	private final TokenCounter tokens;

	private final int maximumTokens;

	private final int overlap;

	private final int maximumCharacters;

	private int start;

	/**
	 * The end of the piece before.
	 */
	private int covered;

	private int reading;

	MessagePieces(Message message, TokenCounter tokens, int maximumTokens, int overlap, int maximumCharacters) {
		this.message = message;
		this.text = message.text();
		this.prefix = Window.prefix(message);
		this.tokens = tokens;
		this.maximumTokens = maximumTokens;
		this.overlap = overlap;
		this.maximumCharacters = maximumCharacters;
		this.reading = maximumTokens * CHARACTERS_PER_TOKEN;
	}

	@Override
	public boolean hasNext() {
		return this.start < this.text.length();
	}

	@Override
	public Line next() {
		if (!hasNext()) {
			throw new NoSuchElementException("Message " + this.message.number() + " has no more pieces");
		}
		Line line = cut(read());
		if (end(line) <= this.covered) {
			// The best place to cut is where the piece before ended: this would only
			// repeat it.
			this.start = this.covered;
			line = cut(read());
		}
		this.covered = end(line);
		this.start = startAfter(line);
		return line;
	}

	/**
	 * Where the next piece begins: at a sentence or a word within the tokens that are to
	 * be repeated, which are at most half of a piece, so that there is progress.
	 */
	private int startAfter(Line line) {
		int end = end(line);
		if (this.overlap == 0 || end == this.text.length()) {
			return end;
		}
		int repeated = this.start + line.reach(Math.max(0, line.tokens() - this.overlap)) - this.prefix.length();
		return TextBoundaries.first(this.text, Math.max(repeated, this.start + (end - this.start + 1) / 2), end);
	}

	/**
	 * Reads on from the start: to the limits or further, or to the end of the message.
	 */
	private Line read() {
		int limit = codePointEnd(this.start + this.maximumCharacters - this.prefix.length());
		Line line = lineTo(Math.min(limit, codePointEnd(this.start + this.reading)));
		while (fits(line) && end(line) < limit) {
			this.reading *= 2;
			line = lineTo(Math.min(limit, codePointEnd(this.start + this.reading)));
		}
		return line;
	}

	private Line cut(Line line) {
		if (fits(line) && end(line) == this.text.length()) {
			return line;
		}
		this.reading = (reach(line) - this.start) * 5 / 4 + MARGIN;
		Line piece = upTo(line, boundary(reach(line)));
		while (!fits(piece)) {
			piece = shorter(piece);
		}
		return piece;
	}

	private Line upTo(Line line, int end) {
		if (end == end(line)) {
			return line;
		}
		return TextBoundaries.isWhitespace(this.text.charAt(end - 1))
				? line.upTo(this.prefix.length() + end - this.start) : lineTo(end);
	}

	/**
	 * Needed where a cut made more tokens than there were, for example in a long word
	 * that is unknown as a whole but not in parts. An eighth less at least, so that this
	 * is seldom repeated.
	 */
	private Line shorter(Line line) {
		if (end(line) == codePointEnd(this.start)) {
			throw new IllegalArgumentException(
					"Message " + this.message.number() + " in line " + this.message.line() + ": its role of "
							+ this.message.role().length() + " characters leaves no room for text in a window of "
							+ this.maximumTokens + " tokens and " + this.maximumCharacters + " characters");
		}
		return lineTo(boundary(Math.min(reach(line), this.start + (end(line) - this.start) * 7 / 8)));
	}

	private boolean fits(Line line) {
		return line.tokens() <= this.maximumTokens && line.text().length() <= this.maximumCharacters;
	}

	private int boundary(int reach) {
		return TextBoundaries.last(this.text, this.start, codePointEnd(reach));
	}

	private Line lineTo(int end) {
		return Line.of(this.prefix + this.text.substring(this.start, end), this.tokens);
	}

	private int end(Line line) {
		return this.start + line.text().length() - this.prefix.length();
	}

	private int reach(Line line) {
		return this.start + line.reach(this.maximumTokens) - this.prefix.length();
	}

	/**
	 * The end of the last whole code point before a place, but of one at least.
	 */
	private int codePointEnd(int end) {
		int first = this.text.offsetByCodePoints(this.start, 1);
		if (end <= first || end >= this.text.length()) {
			return Math.clamp(end, first, this.text.length());
		}
		return Character.isSurrogatePair(this.text.charAt(end - 1), this.text.charAt(end)) ? end - 1 : end;
	}

}
