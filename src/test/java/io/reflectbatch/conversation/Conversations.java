package io.reflectbatch.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Conversations of tests: message {@code n} is in line {@code 2n + 1}, at offset
 * {@code 1000n}.
 */
final class Conversations {

	private Conversations() {
	}

	/**
	 * User and assistant in turn.
	 */
	static List<Message> conversation(String... texts) {
		return IntStream.range(0, texts.length).mapToObj((number) -> message(number, texts[number])).toList();
	}

	static Message message(int number, String text) {
		return new Message(number, (number % 2 == 0) ? "user" : "assistant", text, number * 1000L, number * 2L + 1);
	}

	/**
	 * The place after a number of messages.
	 */
	static ReadingPosition after(int messages) {
		return new ReadingPosition(messages * 1000L, messages * 2L + 1, messages, -1);
	}

	static List<Chunk> complete(Chunker chunker, List<Message> messages) {
		List<Chunk> chunks = new ArrayList<>();
		messages.forEach((message) -> chunker.add(message, chunks::add));
		return chunks;
	}

	static List<Chunk> chunks(Chunker chunker, List<Message> messages) {
		List<Chunk> chunks = complete(chunker, messages);
		chunker.finish(chunks::add);
		return chunks;
	}

}
