package io.reflectbatch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the Python importer, and ours, as settings.
 */
final class ReferenceEnvironment {

	/**
	 * Environment variable to setting.
	 */
	static final Map<String, String> SETTINGS = settings();

	private ReferenceEnvironment() {
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("REFLECT_HOME", "reflect.home");
		settings.put("LOGS_DIR", "reflect.source.logs");
		settings.put("STATE_FILE", "reflect.state-file.path");
		settings.put("QDRANT_URL", "reflect.store.qdrant.url");
		settings.put("QDRANT_API_KEY", "reflect.store.qdrant.api-key");
		settings.put("QDRANT_GRPC_PORT", "reflect.store.qdrant.grpc-port");
		settings.put("BATCH_SIZE", "reflect.run.commit-interval");
		return settings;
	}

	/**
	 * Returns the settings that the environment makes.
	 * @param variables looks up a variable; null when it is not set
	 */
	static Map<String, Object> settings(UnaryOperator<@Nullable String> variables) {
		Map<String, Object> settings = new LinkedHashMap<>();
		SETTINGS.forEach((variable, setting) -> {
			String value = variables.apply(variable);
			if (value != null && !value.isBlank()) {
				settings.put(setting, value);
			}
		});
		if (settings.containsKey("reflect.store.qdrant.url")) {
			settings.put("reflect.store.type", "qdrant");
		}
		return settings;
	}

}
