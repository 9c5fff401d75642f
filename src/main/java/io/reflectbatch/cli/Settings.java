package io.reflectbatch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.PropertySource;

/**
 * Settings that were made by options or environment variables. Each remembers what the
 * user typed, so that an error names that instead of a key nobody has written.
 */
final class Settings {

	private final Map<String, OriginTrackedValue> values = new LinkedHashMap<>();

	/**
	 * Makes a setting; none if there is no value.
	 * @param key the key
	 * @param value the value
	 * @param typed what the user typed: the option or the environment variable
	 */
	Settings put(String key, @Nullable Object value, String typed) {
		if (value != null) {
			this.values.put(key, OriginTrackedValue.of(value.toString(), new Typed(typed)));
		}
		return this;
	}

	/**
	 * Takes over all settings of others.
	 * @param others the others; they win
	 */
	Settings putAll(Settings others) {
		this.values.putAll(others.values);
		return this;
	}

	boolean contains(String key) {
		return this.values.containsKey(key);
	}

	/**
	 * Returns the keys that are set.
	 */
	Set<String> keys() {
		return Set.copyOf(this.values.keySet());
	}

	PropertySource<?> toPropertySource(String name) {
		return new OriginTrackedMapPropertySource(name, this.values, true);
	}

	/**
	 * What the user typed.
	 *
	 * @param name an option or an environment variable
	 */
	record Typed(String name) implements Origin {

	}

}
