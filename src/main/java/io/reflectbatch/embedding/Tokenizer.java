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
 * never truncates or pads; truncation is taking fewer of its tokens. Text is handed to it
 * in slices, so memory does not depend on the length of the text.
 */
final class Tokenizer implements TokenCounter, AutoCloseable {

	/**
	 * The definition ships with truncation and padding at 128 tokens, which DJL applies
	 * unless told otherwise.
	 */
	private static final Map<String, String> OPTIONS = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

	private static final int COUNTING_SLICE = 16_384;

	private static final int SMALLEST_SLICE = 256;

	/**
	 * English and source code have 3 to 5 characters a token: most often one slice is
	 * enough.
	 */
	private static final int CHARACTERS_A_TOKEN = 6;

	private static final char REPLACEMENT = '\uFFFD';

	private final HuggingFaceTokenizer delegate;

	private final long first;

	private final long last;

	private Tokenizer(HuggingFaceTokenizer delegate) {
		this.delegate = delegate;
		long[] empty = delegate.encode("", true, false).getIds();
		this.first = empty[0];
		this.last = empty[1];
	}

	/**
	 * Opens a tokenizer.
	 * @param resource its definition on the class path
	 */
	static Tokenizer open(String resource) {
		try (InputStream definition = BundledFile.of(resource).open()) {
			return new Tokenizer(HuggingFaceTokenizer.newInstance(definition, OPTIONS));
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			throw new EmbeddingException(
					("Cannot load the tokenizer %s: %s. Its native library must be loadable: a file "
							+ "system mounted noexec, or a Linux without glibc (Alpine), refuses it.")
						.formatted(resource, ex),
					ex);
		}
	}

	/**
	 * Returns the tokens of a text between [CLS] and [SEP].
	 * @param text any text
	 * @param maximum how many tokens to return at most, the special ones included; the
	 * text's others are left out at its end
	 */
	long[] ids(String text, int maximum) {
		long[] ids = new long[maximum];
		ids[0] = this.first;
		int count = 1;
		for (int start = 0, end; start < text.length() && count < maximum - 1; start = end) {
			end = TextSlices.end(text, start, Math.max(SMALLEST_SLICE, (maximum - count) * CHARACTERS_A_TOKEN));
			long[] found = encode(text.substring(start, end)).getIds();
			int taken = Math.min(found.length, maximum - 1 - count);
			System.arraycopy(found, 0, ids, count, taken);
			count += taken;
		}
		ids[count++] = this.last;
		return Arrays.copyOf(ids, count);
	}

	@Override
	public int[] tokenEnds(String text) {
		int[] ends = new int[Math.max(16, Math.min(text.length(), COUNTING_SLICE) / 2)];
		int count = 0;
		for (int start = 0, end; start < text.length(); start = end) {
			end = TextSlices.end(text, start, COUNTING_SLICE);
			String slice = text.substring(start, end);
			CharSpan[] spans = encode(slice).getCharTokenSpans();
			if (count + spans.length > ends.length) {
				ends = Arrays.copyOf(ends, Math.max(2 * ends.length, count + spans.length));
			}
			convertEnds(spans, slice, start, ends, count);
			count += spans.length;
		}
		return Arrays.copyOf(ends, count);
	}

	/**
	 * The native tokenizer counts code points, Java UTF-16 units.
	 */
	private static void convertEnds(CharSpan[] spans, String slice, int offset, int[] ends, int position) {
		int codePoints = 0;
		int index = 0;
		for (CharSpan span : spans) {
			for (; codePoints < span.getEnd(); codePoints++) {
				index += Character.charCount(slice.codePointAt(index));
			}
			ends[position++] = offset + index;
		}
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

}
