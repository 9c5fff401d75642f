package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The time that an import spends in the model, as the flight recorder of Java 25 measures
 * it (<a href="https://openjdk.org/jeps/520">JEP 520</a>): every call, not samples.
 */
final class ModelTime {

	private static final String METHOD = "ai.onnxruntime.OrtSession::run";

	private static final int FIRST_JAVA = 25;

	private ModelTime() {
	}

	static boolean isMeasurable() {
		return Runtime.version().feature() >= FIRST_JAVA;
	}

	/**
	 * Options for the JVM of the import.
	 * @param recording where to write to
	 */
	static String javaOptions(Path recording) {
		return "-Xlog:jfr+startup=error -XX:StartFlightRecording:method-timing=" + METHOD + ",filename=" + recording;
	}

	/**
	 * Returns the seconds in the model, all threads together. One overload calls the
	 * other, so the longest counts.
	 */
	static OptionalDouble seconds(Path recording) throws IOException {
		Map<String, Double> seconds = new HashMap<>();
		for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
			if (event.getEventType().getName().equals("jdk.MethodTiming") && event.getLong("invocations") > 0) {
				Duration average = event.getDuration("average");
				seconds.put(event.getValue("method").toString(),
						event.getLong("invocations") * average.toNanos() / 1e9);
			}
		}
		return seconds.values().stream().mapToDouble(Double::doubleValue).max();
	}

}
