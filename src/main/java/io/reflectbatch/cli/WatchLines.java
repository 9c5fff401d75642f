package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.reflectbatch.watch.JsonText;
import io.reflectbatch.watch.WatchLog;

/**
 * The log of a watch, in the format that the imports have: lines for people, or ECS for
 * programs. A logging framework would take more memory than the watch itself.
 */
final class WatchLines implements WatchLog {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

	private final PrintWriter err;

	private final boolean ecs;

	WatchLines(PrintWriter err) {
		this(err, LogFormat.isForPrograms());
	}

	WatchLines(PrintWriter err, boolean ecs) {
		this.err = err;
		this.ecs = ecs;
	}

	@Override
	public void say(Level level, String message) {
		this.err.println(this.ecs ? document(level, message) : line(level, message));
		this.err.flush();
	}

	private static String line(Level level, String message) {
		String start = Terminal.isPresent() ? Terminal.CLEAR_ROW : "";
		return String.format(Locale.ROOT, "%s%s %-5s %s", start, LocalTime.now(ZoneId.systemDefault()).format(TIME),
				level, message);
	}

	private static String document(Level level, String message) {
		return """
				{"@timestamp":%s,"log":{"level":"%s","logger":"io.reflectbatch.watch"},\
				"service":{"name":"reflect-batch"},"process":{"pid":%d},"message":%s,"ecs":{"version":"8.11"}}\
				""".formatted(JsonText.quoted(Instant.now().toString()), level, ProcessHandle.current().pid(),
				JsonText.quoted(message));
	}

}
