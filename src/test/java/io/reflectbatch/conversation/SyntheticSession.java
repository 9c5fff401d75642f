package io.reflectbatch.conversation;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * Makes up the lines of one session: the types of lines in the proportions of real logs,
 * and every oddity seen there.
 */
final class SyntheticSession {

	private final Random random;

	private final SyntheticText text;

	private final String session;

	private final boolean sidechain;

	private Instant now;

	SyntheticSession(Random random, boolean sidechain) {
		this.random = random;
		this.text = new SyntheticText(random);
		this.session = uuid();
		this.sidechain = sidechain;
		this.now = Instant.parse("2025-07-01T08:00:00Z").plusSeconds(random.nextInt(30_000_000));
	}

	String id() {
		return this.session;
	}

	String uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong()).toString();
	}

	/**
	 * Returns one line; about one in seven is a message.
	 */
	SyntheticLine next() {
		int kind = this.random.nextInt(100);
		if (kind < 7) {
			return prompt();
		}
		if (kind < 16) {
			return answer();
		}
		if (kind < 40) {
			return toolUse();
		}
		if (kind < 64) {
			return toolResult();
		}
		if (kind < 74) {
			return thinking();
		}
		return (kind < 88) ? otherType() : oddity();
	}

	SyntheticLine prompt() {
		return SyntheticLine.said(user(SyntheticLine.quote(this.text.message()), ""));
	}

	SyntheticLine warmup() {
		return SyntheticLine.said(user("\"Warmup\"", ""));
	}

	SyntheticLine answer() {
		String content = item("text", SyntheticLine.quote(this.text.message()));
		return SyntheticLine.said(assistant("[" + content + (this.random.nextBoolean() ? "," + call() : "") + "]", ""));
	}

	private SyntheticLine toolUse() {
		return SyntheticLine.other(assistant("[" + call() + "]", ""));
	}

	private SyntheticLine toolResult() {
		String output = SyntheticLine.quote(this.text.output());
		String content = "[{\"tool_use_id\":\"toolu_" + uuid() + "\",\"type\":\"tool_result\",\"content\":" + output
				+ ",\"is_error\":false}]";
		return SyntheticLine
			.other(user(content, ",\"toolUseResult\":{\"stdout\":" + output + ",\"interrupted\":false}"));
	}

	private SyntheticLine thinking() {
		return SyntheticLine.other(assistant("[{\"type\":\"thinking\",\"thinking\":"
				+ SyntheticLine.quote(this.text.message()) + ",\"signature\":\"" + uuid().repeat(10) + "\"}]", ""));
	}

	private SyntheticLine otherType() {
		return SyntheticLine.other(switch (this.random.nextInt(6)) {
			case 0 -> "{\"type\":\"file-history-snapshot\",\"messageId\":\"" + uuid()
					+ "\",\"snapshot\":{\"trackedFileBackups\":{},\"timestamp\":\"2025-01-01T00:00:00Z\"}}";
			case 1 -> "{\"type\":\"system\",\"subtype\":\"info\",\"content\":\"Conversation compacted\"" + rest("");
			case 2 -> "{\"type\":\"ai-title\",\"aiTitle\":" + SyntheticLine.quote(this.text.message()) + "}";
			case 3 -> "{\"type\":\"summary\",\"summary\":\"A session\",\"leafUuid\":\"" + uuid() + "\"}";
			case 4 -> "{\"type\":\"last-prompt\",\"lastPrompt\":\"x\",\"sessionId\":\"" + this.session + "\"}";
			default ->
				"{\"type\":\"progress\",\"data\":{\"message\":{\"message\":{\"role\":\"user\",\"content\":\"x\"}}}"
						+ rest("");
		});
	}

	private SyntheticLine oddity() {
		return switch (this.random.nextInt(22)) {
			case 0 -> SyntheticLine.pretended(user(SyntheticLine.quote(this.text.output()), ",\"isMeta\":true"));
			case 1 ->
				SyntheticLine.pretended(user("\"This session is being continued\"", ",\"isCompactSummary\":true"));
			case 2 -> SyntheticLine.pretended(assistant("[" + item("text", "\"\\n\\n\"") + "]", ""));
			case 3 -> SyntheticLine
				.pretended(assistant("[" + item("text", "\"API Error: 529\"") + "]", ",\"isApiErrorMessage\":true"));
			case 4 -> SyntheticLine.pretended(user("\"<command-name>/clear</command-name>\\n"
					+ "<command-message>clear</command-message>\\n<command-args></command-args>\"", ""));
			case 5 -> SyntheticLine
				.pretended(user("[" + item("text", "\"[Request interrupted by user for tool use]\"") + "]", ""));
			case 6 -> SyntheticLine.said(user("\"<system-reminder>x</system-reminder>\\nlook here\"", ""));
			case 7 -> queue("enqueue", SyntheticLine.quote(this.text.message()), true);
			case 8 -> queue("enqueue", "\"/model\"", false);
			case 9 -> queue("dequeue", "null", false);
			case 10 -> attachment("human", true);
			case 11 -> attachment("task-notification", false);
			case 12 -> SyntheticLine.said(user("\"half an emoji \\ud83d and NUL \\u0000\"", ""));
			case 13 -> SyntheticLine.said(user("\"separators \u2028 \u2029 \u0085 inside\"", ""));
			case 14 -> SyntheticLine.said("{\"type\":\"user\",\"message\":{\"content\":[\"a plain item\"],"
					+ "\"role\":\"user\"},\"uuid\":\"" + uuid() + "\"}");
			case 15 -> SyntheticLine.other(user("null", ""));
			case 16 -> SyntheticLine.other(user("[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\""
					+ "iVBORw0KGgo".repeat(1 + this.random.nextInt(5000)) + "\"}}]", ""));
			case 17 -> SyntheticLine.other("  ");
			case 18 -> SyntheticLine.unreadable("// Source: a comment");
			case 19 -> SyntheticLine.unreadable(prompt().json() + answer().json());
			case 20 -> SyntheticLine.unreadable("{\"parentUuid\":\"" + uuid() + prompt().json());
			default -> SyntheticLine.unreadable("[1,2]");
		};
	}

	private SyntheticLine queue(String operation, String content, boolean selected) {
		String json = "{\"type\":\"queue-operation\",\"operation\":\"" + operation + "\",\"timestamp\":\"" + this.now
				+ "\",\"sessionId\":\"" + this.session + "\",\"content\":" + content + "}";
		return selected ? SyntheticLine.queued(json) : SyntheticLine.other(json);
	}

	private SyntheticLine attachment(String author, boolean selected) {
		String json = "{\"type\":\"attachment\",\"attachment\":{\"type\":\"queued_command\",\"prompt\":"
				+ SyntheticLine.quote(this.text.message()) + ",\"origin\":{\"kind\":\"" + author + "\"}}" + rest("");
		return selected ? SyntheticLine.queued(json) : SyntheticLine.other(json);
	}

	private String call() {
		return "{\"type\":\"tool_use\",\"id\":\"toolu_" + uuid() + "\",\"name\":\"Bash\",\"input\":{\"command\":"
				+ SyntheticLine.quote(this.text.message()) + "}}";
	}

	private static String item(String type, String value) {
		return "{\"type\":\"" + type + "\",\"text\":" + value + "}";
	}

	private String user(String content, String marks) {
		return "{\"parentUuid\":null,\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":" + content + "}"
				+ rest(marks);
	}

	private String assistant(String content, String marks) {
		return "{\"parentUuid\":\"" + uuid() + "\",\"type\":\"assistant\",\"message\":{\"id\":\"msg_" + uuid()
				+ "\",\"model\":\"claude-opus-4\",\"role\":\"assistant\",\"content\":" + content
				+ ",\"usage\":{\"input_tokens\":4}}" + rest(marks);
	}

	/**
	 * The keys after the content. Now and then the clock goes backwards, or there is no
	 * time at all.
	 */
	private String rest(String marks) {
		this.now = this.now.plusMillis((this.random.nextInt(20) != 0) ? this.random.nextInt(60_000) : -90_000);
		String time = (this.random.nextInt(40) != 0) ? ",\"timestamp\":\"" + this.now + "\"" : "";
		return marks + ",\"isSidechain\":" + this.sidechain + ",\"cwd\":\"/home/dev/app\",\"sessionId\":\""
				+ this.session + "\",\"version\":\"2.1.1\",\"uuid\":\"" + uuid() + "\"" + time + "}";
	}

}
