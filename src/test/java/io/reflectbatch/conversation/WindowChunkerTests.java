package io.reflectbatch.conversation;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.reflectbatch.conversation.Conversations.after;
import static io.reflectbatch.conversation.Conversations.chunks;
import static io.reflectbatch.conversation.Conversations.complete;
import static io.reflectbatch.conversation.Conversations.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * With a token for every character: {@code USER:} has 5, {@code ASSISTANT:} 10, and a
 * window of 42 has room for 40.
 */
class WindowChunkerTests {

	private static final int SIZE = 42;

	private final WindowChunker chunker = new WindowChunker(new CharacterTokenCounter(), SIZE, 3);

	@Test
	void joinsMessagesThatFitTogether() {
		assertThat(chunks(this.chunker, conversation("Where?", "Over there."))).containsExactly(
				new Chunk(0, "USER: Where?\nASSISTANT: Over there.", "user", 0, 1, 1, ReadingPosition.START));
	}

	@Test
	void fillsAWindowToItsLastToken() {
		assertThat(texts("x".repeat(12), "y".repeat(13)))
			.containsExactly("USER: " + "x".repeat(12) + "\nASSISTANT: " + "y".repeat(13));
	}

	@Test
	void beginsAWindowWithAMessageThatDoesNotFit() {
		assertThat(chunks(this.chunker, conversation("x".repeat(12), "y".repeat(14), "z"))).containsExactly(
				new Chunk(0, "USER: " + "x".repeat(12), "user", 0, 0, 1, ReadingPosition.START),
				new Chunk(1, "ASSISTANT: " + "y".repeat(14) + "\nUSER: z", "assistant", 1, 2, 3,
						new ReadingPosition(1000, 3, 1, 1)));
	}

	@Test
	void completesAWindowWithTheLastMessageItMayHold() {
		assertThat(complete(this.chunker, conversation("1", "2", "3", "4"))).singleElement()
			.extracting(Chunk::text)
			.isEqualTo("USER: 1\nASSISTANT: 2\nUSER: 3");
		assertThat(this.chunker.continueAt(after(4))).isEqualTo(new ReadingPosition(3000, 7, 3, 1));
	}

	@Test
	void cutsAMessageThatIsTooLong() {
		assertThat(texts("one two three four five six seven eight nine ten"))
			.containsExactly("USER: one two three four five six seven eight ", "USER: nine ten");
	}

	@Test
	void repeatsTheEndOfAPieceFromASentenceOrAWordOnIfItIsToldTo() {
		assertThat(overlapping(12, "one two three four. Five. Six seven eight nine"))
			.containsExactly("USER: one two three four. Five. ", "USER: Five. Six seven eight nine");
		assertThat(overlapping(12, "one two three. Four five six seven eight nine"))
			.containsExactly("USER: one two three. Four five six seven eight ", "USER: seven eight nine");
	}

	@Test
	void repeatsHalfOfAPieceAtMost() {
		assertThat(overlapping(100, "one two three four. Five six seven eight nine"))
			.containsExactly("USER: one two three four. Five six seven eight ", "USER: six seven eight nine");
	}

	@Test
	void repeatsNothingWhereThatWouldBeAllOfAPiece() {
		String sentence = "understanding ".repeat(23) + "understanding. ";
		WindowChunker overlapping = new WindowChunker(RealTokenCounter.INSTANCE, 32, 14, 3, 0);
		assertThat(chunks(overlapping, conversation(sentence + "a ".repeat(40))).stream().map(Chunk::text))
			.startsWith("USER: " + sentence)
			.element(1)
			.asString()
			.startsWith("USER: a a a ");
	}

	@Test
	void prefersAParagraphToALine() {
		assertThat(texts("A first paragraph of one line.\n\nA\nsecond one."))
			.containsExactly("USER: A first paragraph of one line.\n\n", "USER: A\nsecond one.");
	}

	@Test
	void letsTheNextMessagesJoinTheLastPiece() {
		List<Chunk> chunks = chunks(this.chunker, conversation("Hi", "a".repeat(35), "b", "c"));
		ReadingPosition start = new ReadingPosition(1000, 3, 1, 1);
		assertThat(chunks).containsExactly(new Chunk(0, "USER: Hi", "user", 0, 0, 1, ReadingPosition.START),
				new Chunk(1, "ASSISTANT: " + "a".repeat(30), "assistant", 1, 1, 3, start),
				new Chunk(2, "ASSISTANT: aaaaa\nUSER: b\nASSISTANT: c", "assistant", 1, 3, 3, start));
	}

	@Test
	void beginsALongMessageInAWindowOfItsOwnHoweverEmptyTheOpenOneIs() {
		assertThat(texts("x", "one two three four five six seven eight nine")).containsExactly("USER: x",
				"ASSISTANT: one two three four five six seven ", "ASSISTANT: eight nine");
	}

	@Test
	void continuesAtTheLongMessageWhoseLastPieceIsOpen() {
		complete(this.chunker, conversation("Hi", "a".repeat(95)));
		assertThat(this.chunker.continueAt(after(2))).isEqualTo(new ReadingPosition(1000, 3, 1, 1));
	}

	@Test
	void continuesAtTheNextMessageWhenNoWindowIsOpen() {
		assertThat(this.chunker.continueAt(after(0))).isEqualTo(ReadingPosition.START);
		complete(this.chunker, conversation("1", "2", "3"));
		assertThat(this.chunker.continueAt(after(3))).isEqualTo(new ReadingPosition(3000, 7, 3, 1));
	}

	@Test
	void continuesAtTheOpenWindowAfterTheEndOfTheFile() {
		assertThat(chunks(this.chunker, conversation("1", "2"))).hasSize(1);
		assertThat(this.chunker.continueAt(after(2))).isEqualTo(ReadingPosition.START);
	}

	@Test
	void hasNoChunkForAnEmptyFile() {
		assertThat(chunks(this.chunker, List.of())).isEmpty();
	}

	@Test
	void limitsTheCharactersOfAWindowAsWhitespaceCostsNothing() {
		assertThat(texts("x" + " ".repeat(10_000), "y" + " ".repeat(10_000))).hasSize(2);
		assertThat(texts(" ".repeat(40_000))).hasSize(3)
			.allMatch((text) -> text.length() <= WindowChunker.MAXIMUM_CHARACTERS);
	}

	@Test
	void cutsAnUnknownWordIntoPiecesThatFitAlthoughTheyAreKnown() {
		assertThat(chunks(new WindowChunker(RealTokenCounter.INSTANCE, 256, 10),
				conversation("abc ".repeat(250) + "qxzj".repeat(10_000))))
			.hasSizeGreaterThan(2)
			.allMatch((chunk) -> RealTokenCounter.INSTANCE.count(chunk.text()) <= 254);
	}

	@Test
	void refusesARoleThatLeavesNoRoom() {
		Message message = new Message(7, "r".repeat(50), "Hi", 700, 15);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chunker.add(message, (chunk) -> {
		}))
			.withMessage("Message 7 in line 15: its role of 50 characters leaves no room for text in a window of "
					+ "40 tokens and 16384 characters");
	}

	@Test
	void refusesLimitsThatMakeNoSense() {
		TokenCounter counter = new CharacterTokenCounter();
		assertThatIllegalArgumentException().isThrownBy(() -> new WindowChunker(counter, 15, 10))
			.withMessage("A window holds at least 16 tokens, not 15");
		assertThatIllegalArgumentException().isThrownBy(() -> new WindowChunker(counter, 256, -1, 10, 0))
			.withMessage("Windows overlap by 0 tokens or more, not -1");
		assertThatIllegalArgumentException().isThrownBy(() -> new WindowChunker(counter, 256, 0))
			.withMessage("A window holds at least 1 message, not 0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", " ", "\n", "\uD83D\uDE00", "\u0301", "\u6211", "\u3002", "\uD55C", "a.",
			"\uD83C\uDDE9", "a\n ", "(", "\u200d" })
	void needsLinearTimeForStrangeTexts(String unit) {
		String text = unit.repeat(120_000 / unit.length());
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			WindowChunker real = new WindowChunker(RealTokenCounter.INSTANCE, 256, 10);
			StringBuilder joined = new StringBuilder();
			chunks(real, conversation(text)).forEach((chunk) -> joined.append(chunk.text(), 6, chunk.text().length()));
			assertThat(joined).hasToString(text);
		});
	}

	private List<String> texts(String... texts) {
		WindowChunker fresh = new WindowChunker(new CharacterTokenCounter(), SIZE, 3);
		return chunks(fresh, conversation(texts)).stream().map(Chunk::text).toList();
	}

	private static List<String> overlapping(int overlap, String text) {
		WindowChunker overlapping = new WindowChunker(new CharacterTokenCounter(), SIZE, overlap, 3, 0);
		return chunks(overlapping, conversation(text)).stream().map(Chunk::text).toList();
	}

}
