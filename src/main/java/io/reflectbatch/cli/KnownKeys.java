package io.reflectbatch.cli;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.reflectbatch.importing.JobProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a job file may have, and what their values may be: read off the records
 * that they are bound to, so that it cannot be out of date.
 */
final class KnownKeys {

	private static final String ROOT = "reflect";

	private final Map<String, String> expectations = new TreeMap<>();

	KnownKeys() {
		collect(ROOT, JobProperties.class);
	}

	private void collect(String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String key = prefix + "." + dashed(component.getName());
			if (component.getType().isRecord()) {
				collect(key, component.getType());
			}
			else {
				this.expectations.put(key, expectation(field(type, component)));
			}
		}
	}

	private static Field field(Class<?> type, RecordComponent component) {
		try {
			return type.getDeclaredField(component.getName());
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException("A record without the field of its component " + component, ex);
		}
	}

	private static String expectation(Field field) {
		Class<?> type = field.getType();
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> dashed(constant.toString().toLowerCase(Locale.ROOT)))
				.collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "int", "Integer" -> "a whole number" + range(field);
			case "double" -> "a number" + range(field);
			case "boolean" -> "true or false";
			case "Duration" -> "a duration such as 10s or 2m";
			case "DataSize" -> "a size such as 200MB";
			case "URI" -> "an address such as http://localhost:6333";
			case "Path" -> "a path";
			case "List" -> "texts";
			default -> "a text";
		};
	}

	private static String range(Field field) {
		@Nullable Min min = field.getAnnotation(Min.class);
		@Nullable Max max = field.getAnnotation(Max.class);
		return (min != null && max != null) ? " from " + min.value() + " to " + max.value() : "";
	}

	/**
	 * Writes a name as job files have it: {@code commitInterval} is
	 * {@code commit-interval}.
	 * @param name a name in Java
	 */
	static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").replace('_', '-').toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns what the value of a key may be; empty if there is no such key.
	 * @param key the key, dashed
	 */
	Optional<String> expectation(String key) {
		Collection<String> below = below(key);
		return below.isEmpty() ? Optional.ofNullable(this.expectations.get(key))
				: Optional.of("keys below it: " + String.join(", ", below));
	}

	/**
	 * Returns what may stand below the nearest section of a key that there is.
	 * @param unknown a key that there is not
	 */
	String advice(String unknown) {
		String last = unknown.substring(unknown.lastIndexOf('.') + 1);
		Optional<String> elsewhere = this.expectations.keySet()
			.stream()
			.filter((key) -> key.endsWith("." + last))
			.findFirst();
		if (elsewhere.isPresent()) {
			return "did you mean " + elsewhere.get() + "?";
		}
		String section = unknown;
		while (below(section).isEmpty()) {
			int dot = section.lastIndexOf('.');
			section = (dot < 0) ? ROOT : section.substring(0, dot);
		}
		return "expected below " + section + ": " + String.join(", ", below(section));
	}

	private Collection<String> below(String section) {
		return this.expectations.keySet()
			.stream()
			.filter((key) -> key.startsWith(section + "."))
			.map((key) -> key.substring(section.length() + 1).replaceFirst("\\..*", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
