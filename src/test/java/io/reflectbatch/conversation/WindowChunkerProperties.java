package io.reflectbatch.conversation;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.reflectbatch.Examples;
import org.junit.jupiter.api.Test;

import static io.reflectbatch.conversation.Conversations.after;
import static io.reflectbatch.conversation.Conversations.chunks;
import static io.reflectbatch.conversation.Conversations.complete;
import static io.reflectbatch.conversation.Conversations.conversation;
import static io.reflectbatch.conversation.Conversations.message;
import static org.assertj.core.api.Assertions.assertThat;

class WindowChunkerProperties {

	private static final int TRIES = 150;

	private static final String[] FRAGMENTS = { "word", "two words ", "A sentence. ", "Really?! ", "v1.2.3", "\n\n",
			"\n", "\r\n\r\n", "\n \t\n", "    code();\n", "embeddings ", "internationalization", "snake_case_name ",
			"\u6211\u4eec\u4eca\u5929\u53bb\u3002", "\u300c\u53bb\uff01\u300d", "\uD55C\uAD6D\uC5B4 ",
			"\u043F\u0440\u0438\u0432\u0435\u0442, ",
			"\u0441\u043B\u043E\u0432\u043E\u0441\u043E\u0447\u0435\u0442\u0430\u043D\u0438\u0435. ", "\uD83D\uDE00",
			"\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 ", "\uD83D\uDC4D\uD83C\uDFFD",
			"\uD83C\uDDE9\uD83C\uDDEA", "e\u0301", "\u1112\u1161\u11ab", "\u00a0", "\f", "\u0085", "\u001c", "\u200b",
			"\u2028", "[UNK]", "[CLS] ", "## ", "https://example.com/a/b?c=d#e ", "USER: ", "\n\nASSISTANT: ",
			"\uD835\uDD4F\uD835\uDD50 " };

	private static final String[] UNITS = { "x", "Ab", "\n", " ", "\r\n", "\u4e2d", "\uD55C", "\uD83D\uDE00", "=",
			"\u0301", "\u3000", "." };

	private static final String[] SEPARATORS = { " ", ". ", "\n", "\n\n", "-", "\u3002" };

	@Test
	void windowsHoldAllTextInOrder() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			Transcript transcript = new Transcript(messages);
			for (Chunk chunk : chunks(limits.withoutOverlap().chunker(0), messages)) {
				transcript.consume(chunk);
			}
			assertThat(transcript.isConsumed()).isTrue();
		});
	}

	@Test
	void windowsRespectTheLimits() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			assertThat(chunks(limits.chunker(0), messages)).allSatisfy((chunk) -> {
				assertThat(limits.counter().count(chunk.text()) + 2).isLessThanOrEqualTo(limits.tokens());
				assertThat(chunk.messageCount()).isBetween(1, limits.messages());
				assertThat(chunk.text()).hasSizeLessThanOrEqualTo(WindowChunker.MAXIMUM_CHARACTERS);
			});
		});
	}

	@Test
	void windowsAreNumberedAndKnowTheirPlace() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			List<Chunk> chunks = chunks(limits.chunker(0), messages);
			for (int index = 0; index < chunks.size(); index++) {
				Chunk chunk = chunks.get(index);
				Message first = messages.get(chunk.firstMessage());
				assertThat(chunk.index()).isEqualTo(index);
				assertThat(chunk.line()).isEqualTo(first.line());
				assertThat(chunk.startRole()).isEqualTo(first.role());
				assertThat(chunk.start()).isEqualTo(Window.startAt(first, chunk.start().chunk()));
				assertThat(chunks.get(chunk.start().chunk()).firstMessage()).isEqualTo(first.number());
			}
		});
	}

	@Test
	void appendingChangesNoCompleteWindow() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			List<Message> beginning = messages.subList(0, random.nextInt(messages.size() + 1));
			List<Chunk> complete = complete(limits.chunker(0), beginning);
			assertThat(chunks(limits.chunker(0), messages).subList(0, complete.size())).isEqualTo(complete);
		});
	}

	@Test
	void everyWindowIsAPlaceToStartFrom() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			List<Chunk> all = chunks(limits.chunker(0), messages);
			for (ReadingPosition start : all.stream().map(Chunk::start).distinct().toList()) {
				assertThat(chunks(limits.chunker(start.chunk()), messages.subList(start.message(), messages.size())))
					.isEqualTo(all.subList(start.chunk(), all.size()));
			}
		});
	}

	@Test
	void growingGivesTheSameAsAllAtOnce() {
		Examples.check(TRIES, (random) -> {
			List<Message> messages = messages(random);
			Limits limits = limits(random);
			int known = random.nextInt(messages.size() + 1);
			Chunker chunker = limits.chunker(0);
			List<Chunk> grown = new ArrayList<>(chunks(chunker, messages.subList(0, known)));
			ReadingPosition next = chunker.continueAt(after(known));
			grown = new ArrayList<>(grown.subList(0, next.chunk()));
			grown.addAll(chunks(limits.chunker(next.chunk()), messages.subList(next.message(), messages.size())));
			assertThat(grown).isEqualTo(chunks(limits.chunker(0), messages));
		});
	}

	@Test
	void piecesFitAndKeepClustersWhole() {
		Examples.check(TRIES, (random) -> {
			String text = text(random);
			TokenCounter counter = counter(random);
			int tokens = random.nextInt(30, 81);
			int characters = random.nextInt(60, 401);
			MessagePieces pieces = new MessagePieces(message(0, text), counter, tokens, 0, characters);
			int start = 0;
			while (pieces.hasNext()) {
				Line line = pieces.next();
				assertThat(line.tokenEnds()).isEqualTo(counter.tokenEnds(line.text())).hasSizeLessThanOrEqualTo(tokens);
				assertThat(line.text()).startsWith("USER: ").hasSizeLessThanOrEqualTo(characters);
				assertThat(text.startsWith(line.text().substring(6), start)).isTrue();
				start += line.text().length() - 6;
				assertThat(isClusterBoundary(text, start) || isInsideLongCluster(text, start)).isTrue();
			}
			assertThat(start).isEqualTo(text.length());
		});
	}

	@Test
	void overlappingPiecesRepeatAPartOfTheOneBefore() {
		Examples.check(TRIES, (random) -> {
			String text = numberedWords(random);
			TokenCounter counter = counter(random);
			int tokens = random.nextInt(30, 81);
			int overlap = random.nextInt(1, 101);
			MessagePieces pieces = new MessagePieces(message(0, text), counter, tokens, overlap, 400);
			int start = 0;
			int end = 0;
			while (pieces.hasNext()) {
				String piece = pieces.next().text().substring(6);
				int next = text.indexOf(piece);
				assertThat(next).isBetween(start, end);
				String repeated = text.substring(next, Math.max(next, end));
				assertThat(counter.count(repeated)).isLessThanOrEqualTo(overlap);
				assertThat(repeated.length()).isLessThanOrEqualTo((end - start) / 2);
				assertThat(next + piece.length()).isGreaterThan(end);
				start = next;
				end = next + piece.length();
			}
			assertThat(end).isEqualTo(text.length());
		});
	}

	private static boolean isClusterBoundary(String text, int index) {
		BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
		clusters.setText(text);
		return clusters.isBoundary(index);
	}

	private static boolean isInsideLongCluster(String text, int index) {
		BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
		clusters.setText(text);
		return clusters.following(index) - clusters.preceding(index) > 20;
	}

	private static List<Message> messages(Random random) {
		return conversation(Examples.list(random, 0, 12, WindowChunkerProperties::text).toArray(String[]::new));
	}

	private static String text(Random random) {
		return String.join("", Examples.list(random, 1, 60, WindowChunkerProperties::fragment));
	}

	private static String fragment(Random random) {
		return (random.nextInt(3) == 0) ? Examples.oneOf(random, UNITS).repeat(random.nextInt(1, 131))
				: Examples.oneOf(random, FRAGMENTS);
	}

	private static String numberedWords(Random random) {
		StringBuilder text = new StringBuilder("first");
		for (String separator : Examples.list(random, 0, 80, (numbers) -> Examples.oneOf(numbers, SEPARATORS))) {
			text.append(separator).append('w').append(text.length());
		}
		return text.toString();
	}

	private static TokenCounter counter(Random random) {
		return Examples.oneOf(random, new CharacterTokenCounter(), RealTokenCounter.INSTANCE);
	}

	private static Limits limits(Random random) {
		return new Limits(counter(random), random.nextInt(24, 81), Examples.oneOf(random, 0, 0, 10, 100),
				random.nextInt(1, 5));
	}

	record Limits(TokenCounter counter, int tokens, int overlap, int messages) {

		Limits withoutOverlap() {
			return new Limits(this.counter, this.tokens, 0, this.messages);
		}

		WindowChunker chunker(int firstChunk) {
			return new WindowChunker(this.counter, this.tokens, this.overlap, this.messages, firstChunk);
		}

	}

	/**
	 * What is left to find of a conversation.
	 */
	private static final class Transcript {

		private final List<Message> messages;

		private int number;

		private int index;

		Transcript(List<Message> messages) {
			this.messages = messages;
		}

		void consume(Chunk chunk) {
			assertThat(chunk.firstMessage()).isEqualTo(this.number);
			String rest = chunk.text();
			while (this.number < chunk.lastMessage()) {
				rest = rest.substring(consume(rest, rest(), "\n"));
			}
			String part = rest.substring(Math.min(rest.length(), prefix().length()));
			assertThat(rest).isEqualTo(prefix() + part);
			assertThat(rest()).startsWith(part);
			advance(part.length());
		}

		private int consume(String line, String text, String end) {
			String expected = prefix() + text + end;
			assertThat(line).startsWith(expected);
			advance(text.length());
			return expected.length();
		}

		private void advance(int characters) {
			this.index += characters;
			if (this.index == this.messages.get(this.number).text().length()) {
				this.number++;
				this.index = 0;
			}
		}

		private String prefix() {
			return this.messages.get(this.number).role().toUpperCase(Locale.ROOT) + ": ";
		}

		private String rest() {
			return this.messages.get(this.number).text().substring(this.index);
		}

		boolean isConsumed() {
			return this.number == this.messages.size();
		}

	}

}
