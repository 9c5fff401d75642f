package io.reflectbatch.embedding;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A sentence-embedding model that does not come with the application.
 *
 * @param name what it is called, in the ledger and in the names of its collections
 * @param location a directory with {@code model.onnx} and {@code tokenizer.json}, a jar
 * that holds one file of each kind, or the coordinates {@code group:artifact:version} of
 * such a jar in the local Maven repository
 * @param dimension the number of values of its vectors
 * @param pooling how the vectors of its tokens become one
 * @param queryPrefix what is put before a question
 * @param passagePrefix what is put before a text that is to be found
 * @param maxTokens how many tokens it takes, special ones and prefix included
 * @param scripts the scripts of the languages that it knows, by their Unicode names; none
 * if it knows those of all
 */
public record ModelProperties(String name, String location, @DefaultValue("384") @Min(1) @Max(65536) int dimension,
		@DefaultValue("mean") Pooling pooling, @DefaultValue("") String queryPrefix,
		@DefaultValue("") String passagePrefix, @DefaultValue("512") @Min(16) @Max(512) int maxTokens,
		@DefaultValue List<String> scripts) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

	public ModelProperties {
		requireName(name);
		requireText("location", location, "a directory, a jar, or group:artifact:version in ~/.m2/repository");
		scripts = List.copyOf(scripts);
		scripts.forEach(ModelProperties::requireScript);
	}

	private static void requireName(@Nullable String name) {
		requireText("name", name, "what to call the model, such as bge-small-en-v1.5");
		if (!NAME.matcher(Objects.requireNonNull(name)).matches()) {
			throw new IllegalArgumentException("""
					reflect.embedding.model.name is '%s'; expected up to 40 small letters, digits, dots and hyphens, \
					since it becomes part of the names of collections""".formatted(name));
		}
	}

	// What is missing in a job file is null here.
	private static void requireText(String key, @Nullable String value, String expectation) {
		if (value == null || value.isBlank()) {
			throw new IllegalArgumentException(
					"reflect.embedding.model.%s has no value; expected %s".formatted(key, expectation));
		}
	}

	private static void requireScript(String script) {
		try {
			UnicodeScript.forName(script);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("""
					reflect.embedding.model.scripts has '%s'; expected names that Unicode gives to scripts, \
					such as latin, han, hangul, cyrillic; none if the model knows all languages""".formatted(script),
					ex);
		}
	}

}
