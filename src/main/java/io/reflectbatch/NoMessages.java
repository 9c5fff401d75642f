package io.reflectbatch;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;

/**
 * Knows no message: whoever asks gets the default.
 */
final class NoMessages implements MessageSource {

	@Override
	public @Nullable String getMessage(String code, Object @Nullable [] arguments, @Nullable String defaultMessage,
			@Nullable Locale locale) {
		return defaultMessage;
	}

	@Override
	public String getMessage(String code, Object @Nullable [] arguments, @Nullable Locale locale) {
		throw new NoSuchMessageException(code);
	}

	@Override
	public String getMessage(MessageSourceResolvable message, @Nullable Locale locale) {
		if (message.getDefaultMessage() == null) {
			throw new NoSuchMessageException(String.valueOf(message));
		}
		return message.getDefaultMessage();
	}

}
