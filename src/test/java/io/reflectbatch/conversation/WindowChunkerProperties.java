package io.reflectbatch.conversation;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

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

	@Property(tries = TRIES)
	void windowsHoldAllTextInOrder(@ForAll("conversations") List<Message> messages, @ForAll("limits") Limits limits) {
		Transcript transcript = new Transcript(messages);
		for (Chunk chunk : chunks(limits.withoutOverlap().chunker(0), messages)) {
			transcript.consume(chunk);
		}
		assertThat(transcript.isConsumed()).isTrue();
	}

	@Property(tries = TRIES)
	void windowsRespectTheLimits(@ForAll("conversations") List<Message> messages, @ForAll("limits") Limits limits) {
		assertThat(chunks(limits.chunker(0), messages)).allSatisfy((chunk) -> {
			assertThat(limits.counter().count(chunk.text()) + 2).isLessThanOrEqualTo(limits.tokens());
			assertThat(chunk.messageCount()).isBetween(1, limits.messages());
			assertThat(chunk.text()).hasSizeLessThanOrEqualTo(WindowChunker.MAXIMUM_CHARACTERS);
		});
	}

	@Property(tries = TRIES)
	void windowsAreNumberedAndKnowTheirPlace(@ForAll("conversations") List<Message> messages,
			@ForAll("limits") Limits limits) {
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
	}

	@Property(tries = TRIES)
	void appendingChangesNoCompleteWindow(@ForAll("conversations") List<Message> messages,
			@ForAll("limits") Limits limits, @ForAll @IntRange(max = 12) int count) {
		List<Message> beginning = messages.subList(0, Math.min(count, messages.size()));
		List<Chunk> complete = complete(limits.chunker(0), beginning);
		assertThat(chunks(limits.chunker(0), messages).subList(0, complete.size())).isEqualTo(complete);
	}

	@Property(tries = TRIES)
	void everyWindowIsAPlaceToStartFrom(@ForAll("conversations") List<Message> messages,
			@ForAll("limits") Limits limits) {
		List<Chunk> all = chunks(limits.chunker(0), messages);
		for (ReadingPosition start : all.stream().map(Chunk::start).distinct().toList()) {
			assertThat(chunks(limits.chunker(start.chunk()), messages.subList(start.message(), messages.size())))
				.isEqualTo(all.subList(start.chunk(), all.size()));
		}
	}

	@Property(tries = TRIES)
	void growingGivesTheSameAsAllAtOnce(@ForAll("conversations") List<Message> messages,
			@ForAll("limits") Limits limits, @ForAll @IntRange(max = 12) int count) {
		int known = Math.min(count, messages.size());
		Chunker chunker = limits.chunker(0);
		List<Chunk> grown = new ArrayList<>(chunks(chunker, messages.subList(0, known)));
		ReadingPosition next = chunker.continueAt(after(known));
		grown = new ArrayList<>(grown.subList(0, next.chunk()));
		grown.addAll(chunks(limits.chunker(next.chunk()), messages.subList(next.message(), messages.size())));
		assertThat(grown).isEqualTo(chunks(limits.chunker(0), messages));
	}

	@Property(tries = TRIES)
	void piecesFitAndKeepClustersWhole(@ForAll("texts") String text, @ForAll("counters") TokenCounter counter,
			@ForAll @IntRange(min = 30, max = 80) int tokens, @ForAll @IntRange(min = 60, max = 400) int characters) {
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
	}

	@Property(tries = TRIES)
	void overlappingPiecesRepeatAPartOfTheOneBefore(@ForAll("numberedWords") String text,
			@ForAll("counters") TokenCounter counter, @ForAll @IntRange(min = 30, max = 80) int tokens,
			@ForAll @IntRange(min = 1, max = 100) int overlap) {
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

	@Provide
	Arbitrary<List<Message>> conversations() {
		return texts().array(String[].class).ofMinSize(0).ofMaxSize(12).map((texts) -> conversation(texts));
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.oneOf(fragments(1, 5), fragments(1, 60));
	}

	@Provide
	Arbitrary<String> numberedWords() {
		return Arbitraries.of(" ", ". ", "\n", "\n\n", "-", "\u3002").list().ofMaxSize(80).map((separators) -> {
			StringBuilder text = new StringBuilder("first");
			separators.forEach((separator) -> text.append(separator).append('w').append(text.length()));
			return text.toString();
		});
	}

	private static Arbitrary<String> fragments(int minimum, int maximum) {
		return fragment().list().ofMinSize(minimum).ofMaxSize(maximum).map((fragments) -> String.join("", fragments));
	}

	private static Arbitrary<String> fragment() {
		return Arbitraries.oneOf(Arbitraries.of(FRAGMENTS), Arbitraries.of(FRAGMENTS), repeated());
	}

	private static Arbitrary<String> repeated() {
		Arbitrary<String> units = Arbitraries.of("x", "Ab", "\n", " ", "\r\n", "\u4e2d", "\uD55C", "\uD83D\uDE00", "=",
				"\u0301", "\u3000", ".");
		return units.flatMap((unit) -> Arbitraries.integers().between(1, 130).map(unit::repeat));
	}

	@Provide
	Arbitrary<TokenCounter> counters() {
		return Arbitraries.of(new CharacterTokenCounter(), RealTokenCounter.INSTANCE);
	}

	@Provide
	Arbitrary<Limits> limits() {
		return Combinators
			.combine(counters(), Arbitraries.integers().between(24, 80), Arbitraries.of(0, 0, 10, 100),
					Arbitraries.integers().between(1, 4))
			.as(Limits::new);
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
