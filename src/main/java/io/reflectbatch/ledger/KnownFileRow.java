package io.reflectbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

import io.reflectbatch.conversation.ReadingPosition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.RowMapper;

/**
 * Translates between rows and {@link KnownFile}.
 */
final class KnownFileRow {

	static final RowMapper<KnownFile> MAPPER = (row, number) -> map(row);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {
	};

	private static final int TEXT_LENGTH = 1024;

	private static final int REASONS = 50;

	private static final String REST = "lines for other reasons";

	private KnownFileRow() {
	}

	static KnownFile map(ResultSet row) throws SQLException {
		return new KnownFile(row.getLong("id"), row.getString("path"), row.getString("root"), row.getString("project"),
				row.getString("conversation_id"), row.getBoolean("sidechain"),
				KnownFile.Status.valueOf(row.getString("status")), stamp(row, ""), survey(row, ""),
				new Recipe(row.getString("chunking"), row.getString("model"), row.getString("store")), outcome(row),
				(row.getInt("chunks") == 0) ? FileCoverage.NONE : coverage(row), instant(row, "imported_at"));
	}

	static @Nullable FileCoverage coverage(ResultSet row) throws SQLException {
		Long all = row.getObject("message_tokens", Long.class);
		Long last = row.getObject("last_message_tokens", Long.class);
		return (all == null || last == null) ? null : new FileCoverage(new Coverage(row.getLong("tokens"), all),
				new Coverage(row.getLong("last_tokens"), last));
	}

	static Map<String, @Nullable Object> parameters(@Nullable FileCoverage coverage) {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("tokens", (coverage != null) ? coverage.all().tokens() : null);
		parameters.put("messageTokens", (coverage != null) ? coverage.all().messageTokens() : null);
		parameters.put("lastTokens", (coverage != null) ? coverage.last().tokens() : null);
		parameters.put("lastMessageTokens", (coverage != null) ? coverage.last().messageTokens() : null);
		return parameters;
	}

	static FileStamp stamp(ResultSet row, String prefix) throws SQLException {
		return new FileStamp(row.getLong(prefix + "size"),
				Instant.ofEpochSecond(row.getLong(prefix + "modified_seconds"), row.getInt(prefix + "modified_nanos")));
	}

	static Survey survey(ResultSet row, String prefix) throws SQLException {
		return new Survey(row.getLong(prefix + "read_offset"), row.getLong(prefix + "read_line"),
				row.getString(prefix + "content_hash"), row.getString(prefix + "conversation_time"),
				row.getString(prefix + "title"), row.getBoolean(prefix + "warm_up"), row.getInt(prefix + "problems"),
				counts(row, prefix + "skipped"), counts(row, prefix + "redacted"));
	}

	static Map<String, Integer> counts(ResultSet row, String column) throws SQLException {
		return JSON.readValue(row.getString(column), COUNTS);
	}

	private static Outcome outcome(ResultSet row) throws SQLException {
		return new Outcome(row.getInt("messages"), row.getInt("chunks"),
				new ReadingPosition(row.getLong("continue_offset"), row.getLong("continue_line"),
						row.getInt("continue_message"), row.getInt("continue_chunk")));
	}

	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	static Map<String, @Nullable Object> parameters(FileStamp stamp, Survey survey, Recipe recipe, Outcome outcome) {
		Map<String, @Nullable Object> parameters = parameters(stamp, survey);
		parameters.put("chunking", recipe.chunking());
		parameters.put("model", recipe.model());
		parameters.put("store", recipe.store());
		parameters.put("messages", outcome.messages());
		parameters.put("chunks", outcome.chunks());
		parameters.put("continueOffset", outcome.continueAt().offset());
		parameters.put("continueLine", outcome.continueAt().line());
		parameters.put("continueMessage", outcome.continueAt().message());
		parameters.put("continueChunk", outcome.continueAt().chunk());
		return parameters;
	}

	static Map<String, @Nullable Object> parameters(FileStamp stamp, Survey survey) {
		Map<String, @Nullable Object> parameters = parameters(stamp);
		parameters.put("readOffset", survey.readOffset());
		parameters.put("readLine", survey.readLine());
		parameters.put("hash", survey.contentHash());
		parameters.put("time", shortened(survey.conversationTime()));
		parameters.put("title", shortened(survey.title()));
		parameters.put("warmUp", survey.warmUp());
		parameters.put("problems", survey.problems());
		parameters.put("skipped", JSON.writeValueAsString(bounded(survey.skipped())));
		parameters.put("redacted", JSON.writeValueAsString(survey.redacted()));
		return parameters;
	}

	@SuppressWarnings("JavaInstantGetSecondsGetNano") // both are taken, a line apart
	static Map<String, @Nullable Object> parameters(FileStamp stamp) {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("size", stamp.size());
		parameters.put("seconds", stamp.modified().getEpochSecond());
		parameters.put("nanos", stamp.modified().getNano());
		return parameters;
	}

	// Any text can stand in a log. A column must never be what an import fails of.
	private static @Nullable String shortened(@Nullable String text) {
		if (text == null || text.length() <= TEXT_LENGTH) {
			return text;
		}
		boolean betweenSurrogates = Character.isHighSurrogate(text.charAt(TEXT_LENGTH - 1));
		return text.substring(0, betweenSurrogates ? TEXT_LENGTH - 1 : TEXT_LENGTH);
	}

	private static Map<String, Integer> bounded(Map<String, Integer> counts) {
		if (counts.size() <= REASONS) {
			return counts;
		}
		Map<String, Integer> bounded = new HashMap<>();
		counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.forEach((count) -> bounded.merge((bounded.size() < REASONS) ? count.getKey() : REST, count.getValue(),
					Integer::sum));
		return bounded;
	}

}
