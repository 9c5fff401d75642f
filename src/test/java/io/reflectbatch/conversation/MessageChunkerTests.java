package io.reflectbatch.conversation;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static io.reflectbatch.conversation.Conversations.after;
import static io.reflectbatch.conversation.Conversations.chunks;
import static io.reflectbatch.conversation.Conversations.complete;
import static io.reflectbatch.conversation.Conversations.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MessageChunkerTests {

	private static final List<Message> FIVE = conversation("one", "two", "three\nlines\n", "four", "five");

	@Test
	void joinsAFixedNumberOfMessages() {
		assertThat(chunks(new MessageChunker(2), FIVE)).containsExactly(
				new Chunk(0, "USER: one\nASSISTANT: two", "user", 0, 1, 1, new ReadingPosition(0, 1, 0, 0)),
				new Chunk(1, "USER: three\nlines\n\nASSISTANT: four", "user", 2, 3, 5,
						new ReadingPosition(2000, 5, 2, 1)),
				new Chunk(2, "USER: five", "user", 4, 4, 9, new ReadingPosition(4000, 9, 4, 2)));
	}

	@Test
	void completesAChunkWithItsLastMessage() {
		assertThat(complete(new MessageChunker(2), FIVE)).hasSize(2);
	}

	@Test
	void hasNoChunkForAnEmptyFile() {
		assertThat(chunks(new MessageChunker(10), List.of())).isEmpty();
	}

	@Test
	void doesNotLimitTheLengthOfAChunk() {
		String text = "long ".repeat(100_000);
		assertThat(chunks(new MessageChunker(10), conversation(text, text))).hasSize(1);
	}

	@Test
	void continuesAtTheOpenChunk() {
		MessageChunker chunker = new MessageChunker(2);
		complete(chunker, FIVE);
		assertThat(chunker.continueAt(after(5))).isEqualTo(new ReadingPosition(4000, 9, 4, 2));
	}

	@Test
	void continuesAtTheNextMessageWhenNoChunkIsOpen() {
		MessageChunker chunker = new MessageChunker(2);
		complete(chunker, FIVE.subList(0, 4));
		assertThat(chunker.continueAt(after(4))).isEqualTo(new ReadingPosition(4000, 9, 4, 2));
	}

	@Test
	void continuesAtTheOpenChunkAfterTheEndOfTheFile() {
		MessageChunker chunker = new MessageChunker(2);
		chunks(chunker, FIVE);
		assertThat(chunker.continueAt(after(5))).isEqualTo(new ReadingPosition(4000, 9, 4, 2));
	}

	@Test
	void givesTheSameChunksFromTheStartOfAChunk() {
		assertThat(chunks(new MessageChunker(2, 1), FIVE.subList(2, 5)))
			.isEqualTo(chunks(new MessageChunker(2), FIVE).subList(1, 3));
	}

	@Test
	void writesRolesInCapitalsWhereverItRuns() {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.of("tr"));
			Message message = new Message(0, "assistant", "hi", 0, 1);
			assertThat(chunks(new MessageChunker(1), List.of(message))).extracting(Chunk::text)
				.containsExactly("ASSISTANT: hi");
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@Test
	void needsAMessage() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageChunker(0))
			.withMessage("A chunk holds at least 1 message, not 0");
	}

}
