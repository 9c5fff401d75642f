package io.reflectbatch.watch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a watch has to know.
 *
 * @param logs the logs directory
 * @param home the data directory
 * @param metrics the file into which imports write their metrics
 * @param interval the time between the end of a cycle and the begin of the next one
 * @param address the address to serve health and metrics at
 * @param port the port to serve them at; 0: they are not served
 */
public record WatchSettings(Path logs, Path home, Path metrics, Duration interval, String address, int port) {

}
