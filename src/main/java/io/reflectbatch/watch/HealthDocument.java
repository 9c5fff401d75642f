package io.reflectbatch.watch;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The health of a watch as a JSON object.
 */
final class HealthDocument {

	private final List<String> fields = new ArrayList<>();

	private HealthDocument() {
	}

	static String of(Health health, WatchSnapshot watch) {
		HealthDocument document = new HealthDocument();
		document.text("status", health.status());
		document.text("reason", health.reason());
		document.text("started", watch.started());
		document.text("lastCycle", watch.lastCycle());
		document.text("lastSuccess", watch.lastSuccess());
		document.number("lastExitCode", watch.lastExitCode());
		document.number("consecutiveFailures", watch.consecutiveFailures());
		document.field("importing", String.valueOf(watch.importingSince() != null));
		document.text("importingSince", watch.importingSince());
		return "{" + String.join(",", document.fields) + "}\n";
	}

	private void text(String name, @Nullable Object value) {
		field(name, (value != null) ? JsonText.quoted(value.toString()) : "null");
	}

	private void number(String name, @Nullable Integer value) {
		field(name, String.valueOf(value));
	}

	private void field(String name, String json) {
		this.fields.add(JsonText.quoted(name) + ":" + json);
	}

}
