package io.reflectbatch.embedding;

import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of a model is not true of it. The message begins with the
 * key of the setting and says what was found, what was expected and what to do.
 */
public final class ModelSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ModelSettingException(String key, String problem, @Nullable Throwable cause) {
		super("reflect.embedding." + key + " " + problem, cause);
	}

}
