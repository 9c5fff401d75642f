package io.reflectbatch.watch;

import java.io.IOException;

/**
 * Starts a process that imports and ends. Its standard input is a pipe: the process stops
 * at its next commit when that is closed.
 */
@FunctionalInterface
public interface ImportStarter {

	/**
	 * Starts it.
	 * @throws IOException if it cannot be started
	 */
	Process start() throws IOException;

}
