package io.reflectbatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/**
 * The version that Maven has put into the jar.
 */
final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() throws IOException {
		Properties properties = new Properties();
		try (InputStream input = Version.class.getResourceAsStream("version.properties")) {
			properties.load(input);
		}
		return new String[] { "Reflect Batch " + properties.getProperty("version"),
				"Java " + System.getProperty("java.version") };
	}

}
