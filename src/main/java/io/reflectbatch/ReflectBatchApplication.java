package io.reflectbatch;

/**
 * Starts the application.
 */
public final class ReflectBatchApplication {

	private ReflectBatchApplication() {
	}

	public static void main(String[] arguments) {
		System.exit(arguments.length);
	}

}
