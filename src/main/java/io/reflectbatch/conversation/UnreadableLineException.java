package io.reflectbatch.conversation;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * A line that is not what a line of a log should be. The message is for people, and never
 * repeats more of the line than one character.
 */
final class UnreadableLineException extends Exception {

	UnreadableLineException(String reason) {
		super(reason);
	}

	private UnreadableLineException(String reason, Throwable cause) {
		super(reason, cause);
	}

	static UnreadableLineException textTooLong() {
		return new UnreadableLineException("a text is longer than %,d characters".formatted(LineJson.MAX_TEXT_LENGTH));
	}

	static UnreadableLineException because(JacksonException failure) {
		return new UnreadableLineException(reason(failure), failure);
	}

	/**
	 * Jackson has one exception for most mistakes; its message tells them apart, but
	 * quotes the line.
	 */
	private static String reason(JacksonException failure) {
		String message = failure.getOriginalMessage();
		if (failure instanceof StreamConstraintsException) {
			return constraint(message);
		}
		if (failure instanceof UnexpectedEndOfInputException) {
			return "not JSON: the line ends before its object does" + column(failure);
		}
		if (message.startsWith("Unexpected character ")) {
			return "not JSON: unexpected character" + character(message) + column(failure);
		}
		if (message.startsWith("Illegal ")) {
			return "not JSON: " + controlCharacter(message) + column(failure);
		}
		if (message.startsWith("Unrecognized character escape")) {
			return "not JSON: an unknown escape inside a text" + column(failure);
		}
		if (message.startsWith("Unrecognized token")) {
			return "not JSON: an unexpected word" + column(failure);
		}
		return "not JSON" + column(failure);
	}

	private static String constraint(String message) {
		if (message.startsWith("Document nesting depth")) {
			return "nested deeper than %,d levels".formatted(LineJson.MAX_DEPTH);
		}
		if (message.startsWith("Number")) {
			return "a number is longer than %,d characters".formatted(LineJson.MAX_NUMBER_LENGTH);
		}
		return "a text is longer than %,d characters".formatted(LineJson.MAX_TEXT_LENGTH);
	}

	/**
	 * Takes the character from {@code Unexpected character ('/' (code 47)): expected …}.
	 */
	private static String character(String message) {
		int start = message.indexOf('(') + 1;
		int end = message.indexOf(" (code ", start);
		return (end > start && end - start <= 3) ? " " + WellFormed.of(message.substring(start, end)) : "";
	}

	/**
	 * A power failure leaves NUL where bytes had not reached the disk yet.
	 */
	private static String controlCharacter(String message) {
		return message.contains("code 0)") ? "a NUL byte" : "a control character";
	}

	private static String column(JacksonException failure) {
		long offset = (failure.getLocation() != null) ? failure.getLocation().getCharOffset() : -1;
		return (offset >= 0) ? " at column " + (offset + 1) : "";
	}

}
