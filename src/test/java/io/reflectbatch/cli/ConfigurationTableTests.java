package io.reflectbatch.cli;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.reflectbatch.docs.MarkdownDocument;
import io.reflectbatch.importing.JobProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's table of settings says what the code says.
 */
class ConfigurationTableTests {

	private static final String DEFAULT = "default";

	private final Map<String, Map<String, String>> documented = rowsByKey();

	private final Map<String, RecordComponent> settings = settings();

	@Test
	void theTableHasEverySettingOnce() {
		assertThat(this.documented.keySet()).isEqualTo(this.settings.keySet());
	}

	@Test
	void defaultsAreThoseOfTheCode() {
		Map<String, String> literals = new TreeMap<>();
		Map<String, String> code = new TreeMap<>();
		this.settings.forEach((key, setting) -> {
			DefaultValue value = defaultValue(setting);
			String cell = row(key).getOrDefault(DEFAULT, "");
			if (value != null && value.value().length > 0) {
				code.put(key, value.value()[0]);
				literals.put(key, String.join(" ", MarkdownDocument.literals(cell)));
			}
			else {
				assertThat(cell).as("default of %s, in words", key).isNotBlank();
			}
		});
		assertThat(literals).isEqualTo(code);
	}

	@Test
	void meaningsNameEveryAllowedWord() {
		this.settings.forEach((key, setting) -> {
			if (setting.getType().isEnum()) {
				assertThat(MarkdownDocument.literals(row(key).getOrDefault("meaning", ""))).as(key)
					.containsAll(Stream.of(setting.getType().getEnumConstants())
						.map((word) -> word.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
						.toList());
			}
		});
	}

	@Test
	void environmentVariablesAreThoseTheApplicationReads() {
		Map<String, String> variables = new TreeMap<>();
		this.documented.forEach((key, row) -> MarkdownDocument.literals(row.getOrDefault("environment", ""))
			.forEach((variable) -> variables.put(variable, key)));
		assertThat(variables).isEqualTo(ReferenceEnvironment.KEYS);
	}

	@Test
	void optionsAreThoseTheCommandsHave() {
		Map<String, String> options = new TreeMap<>();
		this.documented.forEach((key, row) -> MarkdownDocument.literals(row.getOrDefault("option", ""))
			.forEach((option) -> options.put(option, key)));
		assertThat(options).isEqualTo(settingsOfOptions());
	}

	/**
	 * The other options make no setting and are in a sentence below the table.
	 */
	@Test
	void theReadmeNamesTheOptionsThatAreNoSettingsToo() {
		List<String> named = MarkdownDocument.read("README.md").literalsIn("Options that are no settings");
		assertThat(named).containsAll(
				optionsOfAllCommands().stream().filter((option) -> !settingsOfOptions().containsKey(option)).toList());
	}

	private Map<String, String> row(String key) {
		return this.documented.getOrDefault(key, Map.of());
	}

	private static Map<String, Map<String, String>> rowsByKey() {
		Map<String, Map<String, String>> rows = new TreeMap<>();
		for (Map<String, String> row : MarkdownDocument.read("README.md").table("Configuration")) {
			String key = "reflect." + MarkdownDocument.literals(row.getOrDefault("key", "")).getFirst();
			assertThat(rows.put(key, row)).as("first row of %s", key).isNull();
		}
		return rows;
	}

	private static Map<String, RecordComponent> settings() {
		Map<String, RecordComponent> settings = new TreeMap<>();
		collect("reflect", JobProperties.class, settings);
		return settings;
	}

	private static void collect(String prefix, Class<?> type, Map<String, RecordComponent> settings) {
		for (RecordComponent component : type.getRecordComponents()) {
			String key = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				collect(key, component.getType(), settings);
			}
			else {
				settings.put(key, component);
			}
		}
	}

	// An annotation without the target RECORD_COMPONENT is found at the constructor only.
	private static @Nullable DefaultValue defaultValue(RecordComponent component) {
		RecordComponent[] components = component.getDeclaringRecord().getRecordComponents();
		int index = List.of(components).stream().map(RecordComponent::getName).toList().indexOf(component.getName());
		return component.getDeclaringRecord().getDeclaredConstructors()[0].getParameters()[index]
			.getAnnotation(DefaultValue.class);
	}

	private static Map<String, String> settingsOfOptions() {
		Map<String, String> options = new TreeMap<>();
		collect(() -> {
			CommonOptions common = new CommonOptions();
			return new Options(common, common::settings);
		}, options);
		collect(() -> {
			ImportOptions ofImport = new ImportOptions();
			return new Options(ofImport, ofImport::settings);
		}, options);
		collect(() -> {
			SearchOptions ofSearch = new SearchOptions();
			return new Options(ofSearch, ofSearch::settings);
		}, options);
		collect(() -> {
			WatchOptions ofWatch = new WatchOptions();
			return new Options(ofWatch, ofWatch::settings);
		}, options);
		return options;
	}

	private static void collect(Supplier<Options> factory, Map<String, String> settings) {
		for (OptionSpec option : new CommandLine(factory.get().object()).getCommandSpec().options()) {
			Options options = factory.get();
			String[] arguments = (option.arity().max() == 0) ? new String[] { option.longestName() }
					: new String[] { option.longestName(), option.type() == int.class ? "1" : "x" };
			new CommandLine(options.object()).parseArgs(arguments);
			options.settings()
				.get()
				.keys()
				.stream()
				.filter((key) -> key.startsWith("reflect."))
				// --qdrant-url chooses the store as well
				.filter((key) -> !option.longestName().equals("--qdrant-url") || key.endsWith(".url"))
				.forEach((key) -> settings.put(option.longestName(), key));
		}
	}

	private static Set<String> optionsOfAllCommands() {
		TreeSet<String> options = new TreeSet<>();
		ReflectCommand.commandLine(new ApplicationStarter(Object.class, Map.of()))
			.getSubcommands()
			.values()
			.forEach((command) -> command.getCommandSpec()
				.options()
				.forEach((option) -> options.add(option.longestName())));
		return options;
	}

	/**
	 * An object with options, and what they say.
	 *
	 * @param object the object
	 * @param settings what it makes of its options
	 */
	private record Options(Object object, Supplier<Settings> settings) {

	}

}
