package io.reflectbatch.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Gives commands what starts Spring.
 */
final class CommandFactory implements IFactory {

	private final IFactory defaults = CommandLine.defaultFactory();

	private final ApplicationStarter starter;

	CommandFactory(ApplicationStarter starter) {
		this.starter = starter;
	}

	@Override
	public <K> K create(Class<K> type) throws Exception {
		if (SpringCommand.class.isAssignableFrom(type)) {
			return type.getDeclaredConstructor(ApplicationStarter.class).newInstance(this.starter);
		}
		return this.defaults.create(type);
	}

}
