package io.reflectbatch.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.reflectbatch.importing.JobProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Says what is wrong with the configuration: file, line, key, value, and what is allowed.
 */
final class ConfigurationErrors {

	private ConfigurationErrors() {
	}

	/**
	 * Translates a failure to bind the configuration; passes any other failure on.
	 * @param failure what Spring threw
	 */
	static RuntimeException translate(RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = message(cause);
			if (message != null) {
				return new UsageException(message, failure);
			}
		}
		return failure;
	}

	private static @Nullable String message(Throwable cause) {
		return switch (cause) {
			case UnboundConfigurationPropertiesException unbound -> unbound.getUnboundProperties()
				.stream()
				.map(ConfigurationErrors::unknown)
				.collect(Collectors.joining("\n"));
			case BindValidationException invalid -> invalid.getValidationErrors()
				.getAllErrors()
				.stream()
				.map((error) -> invalid(invalid.getValidationErrors().getName().toString(), error))
				.collect(Collectors.joining("\n"));
			case ConversionFailedException conversion -> null;
			case BindException bind when bind.getProperty() != null && isInnermost(bind) ->
				unconvertible(bind.getProperty(), bind);
			case BindException bind when isInnermost(bind) -> rejected(bind);
			default -> null;
		};
	}

	private static boolean isInnermost(BindException bind) {
		for (Throwable cause = bind.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException || cause instanceof UnboundConfigurationPropertiesException
					|| cause instanceof BindValidationException) {
				return false;
			}
		}
		return true;
	}

	private static String unknown(ConfigurationProperty property) {
		return "%s: unknown key '%s'. Allowed keys: %s".formatted(place(property.getOrigin()), property.getName(),
				String.join(", ", allowedKeys(property.getName().toString())));
	}

	private static String invalid(String prefix, ObjectError error) {
		if (error instanceof FieldError field) {
			return "%s: '%s.%s' is %s, but %s".formatted(place(Origin.from(error)), prefix, field.getField(),
					field.getRejectedValue(), field.getDefaultMessage());
		}
		return "%s: %s".formatted(prefix, error.getDefaultMessage());
	}

	private static String unconvertible(ConfigurationProperty property, BindException failure) {
		Class<?> type = failure.getTarget().getType().toClass();
		return "%s: '%s' is '%s', expected %s".formatted(place(property.getOrigin()), property.getName(),
				property.getValue(), expected(type));
	}

	private static String expected(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "int", "Integer", "long", "Long" -> "a whole number";
			case "boolean", "Boolean" -> "true or false";
			case "Duration" -> "a duration such as 10s";
			case "URI" -> "an address such as http://localhost:6333";
			default -> "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
		};
	}

	private static String rejected(BindException failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return "%s: %s".formatted(failure.getName(), root.getMessage());
	}

	private static String place(@Nullable Origin origin) {
		return (origin != null) ? origin.toString() : "configuration";
	}

	private static Set<String> allowedKeys(String unknown) {
		Set<String> keys = new TreeSet<>();
		collectKeys("reflect", JobProperties.class, keys);
		String parent = unknown.substring(0, unknown.lastIndexOf('.') + 1);
		Set<String> siblings = keys.stream()
			.filter((key) -> key.startsWith(parent))
			.collect(Collectors.toCollection(TreeSet::new));
		return siblings.isEmpty() ? keys : siblings;
	}

	private static void collectKeys(String prefix, Class<?> type, Set<String> keys) {
		Arrays.stream(type.getRecordComponents()).forEach((component) -> {
			String key = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				collectKeys(key, component.getType(), keys);
			}
			else {
				keys.add(key);
			}
		});
	}

}
