package io.reflectbatch.cli;

import java.beans.PropertyEditorSupport;
import java.nio.file.Path;

/**
 * Reads a path as a shell does: {@code ~/} is the home directory.
 */
final class HomePathEditor extends PropertyEditorSupport {

	@Override
	public void setAsText(String text) {
		setValue(path(text));
	}

	static Path path(String text) {
		return (text.equals("~") || text.startsWith("~/")) ? Path.of(System.getProperty("user.home"), text.substring(1))
				: Path.of(text);
	}

	@Override
	public String getAsText() {
		return String.valueOf(getValue());
	}

}
