package io.reflectbatch.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.reflectbatch.embedding.ModelSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Says what is wrong with the configuration, one line an error: where it was set (file
 * and line, option or environment variable), key, value, and what is allowed.
 */
final class ConfigurationErrors {

	private static final KnownKeys KEYS = new KnownKeys();

	private static final String DATABASE = "spring.datasource.url";

	private static final List<String> DATABASES = List.of("jdbc:h2:", "jdbc:postgresql:");

	private static final Pattern DURATION = Pattern.compile("^ is PT[^;]*;");

	private final ConfigurableEnvironment environment;

	private ConfigurationErrors(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Translates a failure to bind the configuration; passes any other failure on.
	 * @param failure what Spring threw
	 * @param environment the configuration
	 */
	static RuntimeException translate(RuntimeException failure, ConfigurableEnvironment environment) {
		ConfigurationErrors errors = new ConfigurationErrors(environment);
		@Nullable String message = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String inner = errors.message(cause);
			message = (inner != null) ? inner : message;
		}
		return (message != null) ? new UsageException(message, failure) : failure;
	}

	/**
	 * Checks what Spring would leave to whichever driver there may be.
	 * @param environment the configuration
	 * @throws UsageException if the database is of a kind that has no driver here
	 */
	static void requireKnownDatabase(ConfigurableEnvironment environment) {
		String url = environment.getRequiredProperty(DATABASE);
		if (DATABASES.stream().noneMatch(url::startsWith)) {
			// What comes behind the kind may have a password.
			String kind = url.replaceFirst("(?s)^((?:jdbc:)?\\w*:?).*", "$1…");
			throw new UsageException(
					"""
							%s is '%s'; expected jdbc:postgresql://HOST/DATABASE, or nothing for the database in the data directory"""
						.formatted(subject(new ConfigurationErrors(environment).origin(DATABASE), DATABASE), kind));
		}
	}

	private @Nullable String message(Throwable cause) {
		return switch (cause) {
			case UnboundConfigurationPropertiesException unbound ->
				unbound.getUnboundProperties().stream().map(this::unknown).distinct().collect(Collectors.joining("\n"));
			case BindValidationException invalid -> invalid.getValidationErrors()
				.getAllErrors()
				.stream()
				.map((error) -> invalid(invalid.getValidationErrors().getName().toString(), error))
				.distinct()
				.collect(Collectors.joining("\n"));
			case BindException bind -> unconvertible(bind);
			case ModelSettingException model -> located(String.valueOf(model.getMessage())).orElse(null);
			default -> null;
		};
	}

	private String unknown(ConfigurationProperty property) {
		String key = property.getName().toString();
		if (KEYS.expectation(key).isPresent()) {
			return subject(property.getOrigin(), key) + " has no value; expected " + expected(key, "a value");
		}
		String list = key.replaceFirst("\\[.*", "");
		if (!list.equals(key)) {
			return subject(property.getOrigin(), list) + " is a list; expected " + expected(list, "one value");
		}
		return "%s is not a key that there is; %s".formatted(subject(property.getOrigin(), key), KEYS.advice(key));
	}

	private String invalid(String prefix, ObjectError error) {
		if (error instanceof FieldError field) {
			String key = prefix + "." + KnownKeys.dashed(field.getField());
			return "%s is '%s'; expected %s".formatted(subject(origin(key), key), field.getRejectedValue(),
					expected(key, field.getDefaultMessage()));
		}
		return "%s: %s".formatted(prefix, error.getDefaultMessage());
	}

	private String unconvertible(BindException bind) {
		ConfigurationProperty property = bind.getProperty();
		if (property != null) {
			String key = property.getName().toString();
			return "%s is '%s'; expected %s".formatted(subject(property.getOrigin(), key), property.getValue(),
					expected(key, levels(bind.getTarget().getType().toClass())));
		}
		return rejected(bind);
	}

	private static String levels(Class<?> type) {
		return type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : type.getSimpleName();
	}

	// Types that check themselves begin their message with the key or the variable.
	private String rejected(BindException bind) {
		Throwable root = bind;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = Objects.requireNonNullElse(root.getMessage(), root.toString());
		return located(message).orElseGet(() -> notASection(bind.getName().toString(), message));
	}

	private Optional<String> located(String message) {
		int end = message.indexOf(' ');
		String key = (end > 0)
				? ReferenceEnvironment.KEYS.getOrDefault(message.substring(0, end), message.substring(0, end)) : "";
		return KEYS.expectation(key).map((known) -> subject(origin(key), key) + asTyped(key, message.substring(end)));
	}

	// Java writes -5s as PT-5S.
	private String asTyped(String key, String complaint) {
		ConfigurationProperty property = property(key);
		return (property != null) ? DURATION.matcher(complaint)
			.replaceFirst(Matcher.quoteReplacement(" is '" + property.getValue() + "';")) : complaint;
	}

	private String notASection(String key, String otherwise) {
		return KEYS.expectation(key)
			.map((expectation) -> subject(origin(key), key) + " has a value of its own; expected " + expectation)
			.orElse(key + ": " + otherwise);
	}

	private @Nullable Origin origin(String key) {
		ConfigurationProperty property = property(key);
		return (property != null) ? property.getOrigin() : null;
	}

	private @Nullable ConfigurationProperty property(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
		Iterable<ConfigurationPropertySource> sources = Objects
			.requireNonNull(ConfigurationPropertySources.get(this.environment));
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private static String expected(String key, @Nullable String otherwise) {
		return KEYS.expectation(key).orElse(Objects.requireNonNullElse(otherwise, "another value"));
	}

	private static String subject(@Nullable Origin origin, String key) {
		return switch (origin) {
			case Settings.Typed typed -> typed.name();
			case SystemEnvironmentOrigin variable -> variable.getProperty();
			case TextResourceOrigin file when file.getResource() != null && file.getLocation() != null ->
				file.getResource().getDescription() + ":" + (file.getLocation().getLine() + 1) + ": " + key;
			case PropertySourceOrigin property when property.getOrigin() != null -> subject(property.getOrigin(), key);
			case null, default -> key;
		};
	}

}
