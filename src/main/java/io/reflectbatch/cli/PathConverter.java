package io.reflectbatch.cli;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/**
 * Reads a path as a shell does: {@code ~/} is the home directory.
 */
@Component
@ConfigurationPropertiesBinding
class PathConverter implements Converter<String, Path> {

	@Override
	public Path convert(String source) {
		return (source.equals("~") || source.startsWith("~/"))
				? Path.of(System.getProperty("user.home"), source.substring(1)) : Path.of(source);
	}

}
