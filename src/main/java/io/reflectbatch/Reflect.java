package io.reflectbatch;

import io.reflectbatch.cli.ReflectCommand;

/**
 * Starts the application. The command line is read before Spring starts, since it decides
 * which configuration Spring gets.
 */
final class Reflect {

	private Reflect() {
	}

	public static void main(String[] arguments) {
		System.exit(ReflectCommand.execute(ReflectBatchApplication.class, arguments));
	}

}
