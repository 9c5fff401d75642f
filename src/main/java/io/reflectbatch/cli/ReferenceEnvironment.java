package io.reflectbatch.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment variables of the Python importer, and ours, as settings.
 */
final class ReferenceEnvironment {

	/**
	 * Environment variable to setting.
	 */
	static final Map<String, String> KEYS = keys();

	private ReferenceEnvironment() {
	}

	private static Map<String, String> keys() {
		Map<String, String> keys = new LinkedHashMap<>();
		keys.put("REFLECT_HOME", "reflect.home");
		keys.put("LOGS_DIR", "reflect.source.logs");
		keys.put("STATE_FILE", "reflect.state-file.path");
		keys.put("QDRANT_URL", "reflect.store.qdrant.url");
		keys.put("QDRANT_API_KEY", "reflect.store.qdrant.api-key");
		keys.put("QDRANT_GRPC_PORT", "reflect.store.qdrant.grpc-port");
		keys.put("BATCH_SIZE", "reflect.run.commit-interval");
		keys.put("REFLECT_METRICS_FILE", "reflect.metrics.file");
		keys.put("REFLECT_LOG_FORMAT", "reflect.log.format");
		keys.put("WATCH_INTERVAL", "reflect.watch.interval");
		return keys;
	}

	/**
	 * Returns the settings that the environment makes. A variable without a value makes
	 * none: that is how Compose and Kubernetes pass on what is not set.
	 * @param variables the environment
	 */
	static Settings settings(Map<String, String> variables) {
		Settings settings = new Settings();
		KEYS.forEach((variable, key) -> {
			String value = variables.getOrDefault(variable, "");
			settings.put(key, value.isBlank() ? null : value, variable);
		});
		if (settings.contains("reflect.store.qdrant.url")) {
			settings.put("reflect.store.type", "qdrant", "QDRANT_URL");
		}
		return settings;
	}

}
