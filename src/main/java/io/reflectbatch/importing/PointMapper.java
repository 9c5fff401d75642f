package io.reflectbatch.importing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;

/**
 * Makes the point of an embedded chunk. Readers of the reference's payload find every key
 * they know; chunks of our own strategy have a few more.
 */
final class PointMapper {

	private final boolean reference;

	private final String now;

	/**
	 * Creates a mapper.
	 * @param reference whether the payload has the reference's keys and no others
	 * @param now the time of conversations that have none, ISO-8601
	 */
	PointMapper(boolean reference, Instant now) {
		this.reference = reference;
		this.now = now.toString();
	}

	Point point(ImportItem.ChunkEmbedded item) {
		return point(item.planned(), item.chunk(), item.embedding().vector());
	}

	Point point(PlannedFile planned, Chunk chunk, float[] vector) {
		ConversationFile file = planned.file();
		return new Point(PointIds.id(file.conversationId(), chunk.index()), vector, payload(planned, file, chunk));
	}

	private Map<String, Object> payload(PlannedFile planned, ConversationFile file, Chunk chunk) {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put(Point.TEXT, chunk.text());
		payload.put(Point.CONVERSATION_ID, file.conversationId());
		payload.put(Point.CHUNK_INDEX, chunk.index());
		payload.put(Point.TIMESTAMP, Objects.requireNonNullElse(planned.survey().conversationTime(), this.now));
		payload.put(Point.PROJECT, file.project());
		payload.put(Point.START_ROLE, chunk.startRole());
		if (!this.reference) {
			payload.put(Point.MESSAGE_COUNT, chunk.messageCount());
			payload.put(Point.FIRST_MESSAGE, chunk.firstMessage());
			payload.put(Point.LAST_MESSAGE, chunk.lastMessage());
			payload.put(Point.LINE, chunk.line());
			if (file.sidechain()) {
				payload.put(Point.IS_SIDECHAIN, true);
			}
		}
		return payload;
	}

}
