package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

import io.reflectbatch.conversation.TokenCounter;

/**
 * Turns text into the model's tokens. Thread-safe until it is closed.
 * <p>
 * What is counted and what is embedded come from the same place: the native tokenizer
 * never truncates or pads; truncation is taking fewer of its tokens. Where it is BERT's,
 * it is asked word by word, and once for a word that comes again: its answer for a whole
 * text takes thirty times as long as looking them up. Another one is asked for slices of
 * the text, which may cost a token more where a long text is cut.
 */
final class Tokenizer implements TokenCounter, AutoCloseable {

	/**
	 * The definition ships with truncation and padding at 128 tokens, which DJL applies
	 * unless told otherwise.
	 */
	private static final Map<String, String> OPTIONS = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

	private static final int SLICE = 16_384;

	private static final char REPLACEMENT = '\uFFFD';

	private final HuggingFaceTokenizer delegate;

	private final WordMemory memory = new WordMemory(this::tokenize, this::countSlices);

	/**
	 * Whether the tokens of a text are those of its words, as BERT's are.
	 */
	private final boolean wordwise;

	/**
	 * [CLS], or what another model begins with.
	 */
	private final long[] before;

	/**
	 * [SEP], or what another model ends with.
	 */
	private final long[] after;

	private Tokenizer(HuggingFaceTokenizer delegate, boolean wordwise) {
		this.delegate = delegate;
		this.wordwise = wordwise;
		Encoding letter = delegate.encode("a", true, false);
		long[] special = letter.getSpecialTokenMask();
		int first = 0;
		while (first < special.length && special[first] == 1) {
			first++;
		}
		int last = special.length;
		while (last > first && special[last - 1] == 1) {
			last--;
		}
		this.before = Arrays.copyOfRange(letter.getIds(), 0, first);
		this.after = Arrays.copyOfRange(letter.getIds(), last, special.length);
	}

	/**
	 * Opens the tokenizer of the model that comes with the application.
	 * @param resource its definition on the class path
	 */
	static Tokenizer open(String resource) {
		return open(BundledFile.of(resource), (definition) -> true);
	}

	/**
	 * Opens the tokenizer of another model.
	 * @param definition a {@code tokenizer.json}
	 */
	static Tokenizer open(BundledFile definition) {
		return open(definition, TokenizerDefinition::isBert);
	}

	private static Tokenizer open(BundledFile definition, Kind kind) {
		try (InputStream content = definition.open()) {
			return new Tokenizer(HuggingFaceTokenizer.newInstance(content, OPTIONS), kind.isBert(definition));
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			throw new EmbeddingException(
					("Cannot load the tokenizer %s: %s. Its native library must be loadable: a file "
							+ "system mounted noexec, or a Linux without glibc (Alpine), refuses it.")
						.formatted(definition, ex),
					ex);
		}
	}

	/**
	 * The number of special tokens that every text gets.
	 */
	int specialTokens() {
		return this.before.length + this.after.length;
	}

	/**
	 * Returns the tokens of a text between [CLS] and [SEP], or what takes their place.
	 * @param text any text
	 * @param maximum how many tokens to return at most, the special ones included; the
	 * text's others are left out at its end
	 */
	long[] ids(String text, int maximum) {
		long[] ids = Arrays.copyOf(this.before, maximum);
		int end = maximum - this.after.length;
		int count = this.wordwise ? addWords(text, ids, this.before.length, end)
				: addSlices(text, ids, this.before.length, end);
		System.arraycopy(this.after, 0, ids, count, this.after.length);
		return Arrays.copyOf(ids, count + this.after.length);
	}

	private int addWords(String text, long[] ids, int start, int end) {
		int count = start;
		TextWords words = new TextWords(text);
		while (count < end && words.next()) {
			count = add(words.tokens(this.memory).ids(), ids, count, end);
		}
		return count;
	}

	private int addSlices(String text, long[] ids, int start, int end) {
		int count = start;
		for (int next = 0; count < end && next < text.length();) {
			TextSlice slice = TextSlice.of(text, next, SLICE);
			count = add(tokenize(text, slice).ids(), ids, count, end);
			next = slice.next();
		}
		return count;
	}

	private static int add(long[] found, long[] ids, int count, int end) {
		int taken = Math.min(found.length, end - count);
		System.arraycopy(found, 0, ids, count, taken);
		return count + taken;
	}

	@Override
	public int[] tokenEnds(String text) {
		if (!this.wordwise) {
			return tokenize(text).ends();
		}
		int[] ends = new int[Math.max(16, text.length() / 2)];
		int count = 0;
		TextWords words = new TextWords(text);
		while (words.next()) {
			int[] found = words.tokens(this.memory).ends();
			if (count + found.length > ends.length) {
				ends = Arrays.copyOf(ends, Math.max(2 * ends.length, count + found.length));
			}
			for (int end : found) {
				ends[count++] = words.start() + end;
			}
		}
		return Arrays.copyOf(ends, count);
	}

	/**
	 * Counts without holding the tokens: a text may be long, and the heap is small.
	 */
	@Override
	public int count(String text) {
		if (!this.wordwise) {
			return countSlices(text);
		}
		int count = 0;
		TextWords words = new TextWords(text);
		while (words.next()) {
			count += words.count(this.memory);
		}
		return count;
	}

	private int countSlices(String text) {
		int count = 0;
		for (int start = 0; start < text.length();) {
			TextSlice slice = TextSlice.of(text, start, SLICE);
			count += encode(slice.of(text)).getIds().length;
			start = slice.next();
		}
		return count;
	}

	/**
	 * Asks the native tokenizer, in slices: something without any boundary may be long.
	 */
	private WordTokens tokenize(String word) {
		WordTokens tokens = WordTokens.NONE;
		for (int start = 0; start < word.length();) {
			TextSlice slice = TextSlice.of(word, start, SLICE);
			tokens = tokens.with(tokenize(word, slice));
			start = slice.next();
		}
		return tokens;
	}

	/**
	 * The native tokenizer counts code points, Java UTF-16 units.
	 */
	private WordTokens tokenize(String text, TextSlice slice) {
		Encoding encoding = encode(slice.of(text));
		CharSpan[] spans = encoding.getCharTokenSpans();
		int[] ends = new int[spans.length];
		int codePoints = 0;
		int index = slice.start();
		for (int i = 0; i < spans.length; i++) {
			for (; codePoints < spans[i].getEnd(); codePoints++) {
				index += Character.charCount(text.codePointAt(index));
			}
			ends[i] = (index == slice.end()) ? slice.next() : index;
		}
		return new WordTokens(encoding.getIds(), ends);
	}

	private Encoding encode(String slice) {
		return this.delegate.encode(wellFormed(slice), false, false);
	}

	/**
	 * JNI's strings cannot hold half a surrogate pair. One unit takes the place of one,
	 * so indexes stay; the tokenizer drops the replacement character.
	 */
	private static String wellFormed(String slice) {
		char[] repaired = null;
		for (int i = 0; i < slice.length(); i++) {
			char unit = slice.charAt(i);
			if (!Character.isSurrogate(unit)) {
				continue;
			}
			if (Character.isHighSurrogate(unit) && i + 1 < slice.length()
					&& Character.isLowSurrogate(slice.charAt(i + 1))) {
				i++;
				continue;
			}
			repaired = (repaired != null) ? repaired : slice.toCharArray();
			repaired[i] = REPLACEMENT;
		}
		return (repaired != null) ? new String(repaired) : slice;
	}

	@Override
	public void close() {
		this.delegate.close();
	}

	/**
	 * Tells what kind of tokenizer a definition describes.
	 */
	private interface Kind {

		boolean isBert(BundledFile definition) throws IOException;

	}

}
