package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.errorprone.annotations.FormatMethod;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Draws where the processor time of a run went, from what {@code --profile} has recorded
 * on Java 25: from the threads at the top down to who used it. Calls within a library are
 * one box, because it is the libraries that one can exchange.
 *
 * @see <a href="https://www.brendangregg.com/flamegraphs.html">Flame Graphs</a>, here
 * upside down
 */
public final class FlameGraph {

	/** By processor time, native code included (JEP 509); other samples are not. */
	private static final String SAMPLE = "jdk.CPUTimeSample";

	private static final String OURS = "io.reflectbatch.";

	private static final String JDK = "JDK";

	/** All of it but Spring Batch: proxies, transactions, templates. */
	private static final String SPRING = "Spring";

	/** The longest prefix comes first. */
	private static final Map<String, String> LIBRARIES = libraries();


	private static final int WIDTH = 1200;

	private static final int MARGIN = 12;

	private static final int HEAD = 56;

	private static final int ROW = 18;

	private static final double CHARACTER = 6.4;

	private static final double NARROWEST = 0.002;

	private final Box root = new Box("all threads");

	private final StringBuilder svg = new StringBuilder();

	private FlameGraph() {
	}

	private static Map<String, String> libraries() {
		Map<String, String> libraries = new LinkedHashMap<>();
		libraries.put("org.springframework.batch.", "Spring Batch");
		libraries.put("org.springframework.", SPRING);
		libraries.put("ai.onnxruntime.", "ONNX Runtime");
		libraries.put("ai.djl.", "DJL tokenizer");
		libraries.put("tools.jackson.", "Jackson");
		libraries.put("com.fasterxml.", "Jackson");
		libraries.put("io.qdrant.", "Qdrant client");
		libraries.put("io.grpc.", "gRPC");
		libraries.put("com.google.", "Protocol Buffers, Guava");
		libraries.put("org.apache.lucene.", "Lucene");
		libraries.put("org.h2.", "H2");
		libraries.put("com.zaxxer.", "HikariCP");
		libraries.put("org.flywaydb.", "Flyway");
		libraries.put("io.micrometer.", "Micrometer");
		libraries.put("picocli.", "picocli");
		return libraries;
	}

	/**
	 * Draws a recording.
	 * @param arguments the recording, and the SVG file to write
	 */
	public static void main(String[] arguments) throws IOException {
		FlameGraph graph = new FlameGraph();
		graph.read(Path.of(arguments[0]));
		if (graph.root.samples == 0) {
			System.err.println(arguments[0] + " has no samples of processor time. Record it with --profile on Linux,"
					+ " with Java 25 or newer.");
			System.exit(1);
		}
		Files.writeString(Path.of(arguments[1]), graph.draw());
	}

	private void read(Path recording) throws IOException {
		try (RecordingFile file = new RecordingFile(recording)) {
			while (file.hasMoreEvents()) {
				RecordedEvent event = file.readEvent();
				if (event.getEventType().getName().equals(SAMPLE)) {
					this.root.add(boxes(event));
				}
			}
		}
	}

	private static List<String> boxes(RecordedEvent event) {
		List<String> boxes = new ArrayList<>();
		String thread = (event.getThread("eventThread") != null) ? event.getThread("eventThread").getJavaName() : null;
		boxes.add((thread != null) ? thread.replaceAll("[-#]?\\d+", "") + " threads" : "threads of the JVM");
		if (event.getStackTrace() == null) {
			return boxes;
		}
		List<RecordedFrame> frames = event.getStackTrace().getFrames().reversed();
		List<String> names = frames.stream().map((frame) -> box(frame.getMethod())).toList();
		for (int i = 0; i < names.size(); i++) {
			String box = names.get(i);
			// What calls others for others is theirs; only where it ends there, it did the work.
			boolean passing = passes(box) && !names.subList(i, names.size()).stream().allMatch(FlameGraph::passes);
			if (!box.isEmpty() && !passing && !box.equals(boxes.getLast()) && !passes(boxes.getLast())) {
				boxes.add(box);
			}
		}
		return boxes;
	}

	private static boolean passes(String box) {
		return box.isEmpty() || box.startsWith(JDK) || box.equals(SPRING);
	}

	/**
	 * Returns what to call it; nothing for the class that stands for a lambda.
	 */
	private static String box(RecordedMethod method) {
		String type = method.getType().getName();
		if (method.isHidden()) {
			return "";
		}
		String simple = type.substring(type.lastIndexOf('.') + 1).replaceAll("\\$\\$.*", "").replace('$', '.');
		if (type.startsWith(OURS)) {
			return simple + "." + method.getName().replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1");
		}
		return LIBRARIES.entrySet()
			.stream()
			.filter((library) -> type.startsWith(library.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(JDK + " " + simple);
	}

	private String draw() {
		int rows = this.root.depth((int) (NARROWEST * this.root.samples));
		int height = HEAD + rows * ROW + MARGIN;
		add("""
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title">
				  <title id="title">Where the processor time of an import goes</title>
				  <style>
				    .card { fill: #ffffff; stroke: #d0d7de; }
				    text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
				    .name { font-size: 15px; font-weight: 600; }
				    .box text { fill: #1f2328; font-size: 11px; }
				    .ours rect { fill: #b6d7ff; }
				    .theirs rect { fill: #ffd8b5; }
				    .model rect { fill: #ffb77c; }
				    .jdk rect { fill: #e6eaef; }
				    rect { stroke: #ffffff; }
				    @media (prefers-color-scheme: dark) {
				      .card { fill: #0d1117; stroke: #30363d; }
				      text { fill: #e6edf3; }
				      rect { stroke: #0d1117; }
				    }
				  </style>
				  <rect class="card" x="0.5" y="0.5" width="%3$d" height="%4$d" rx="6"/>
				  <text class="name" x="%5$d" y="24">Where the processor time of an import goes</text>
				  <text x="%5$d" y="44">%6$,d samples of processor time. Blue: ours; orange: libraries; grey: the JDK. What is \
				narrower than %7$.1f %% is left out.</text>
				""", WIDTH, height, WIDTH - 1, height - 1, MARGIN, this.root.samples, 100 * NARROWEST);
		draw(this.root, MARGIN, 0);
		this.svg.append("</svg>\n");
		return this.svg.toString();
	}

	private void draw(Box box, double x, int row) {
		double share = (double) box.samples / this.root.samples;
		if (share < NARROWEST) {
			return;
		}
		double width = share * (WIDTH - 2 * MARGIN);
		int y = HEAD + row * ROW;
		String label = String.format(Locale.ROOT, "%s  %.1f %%", box.name, 100 * share);
		add("  <g class=\"box %s\"><title>%s</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
				kind(box.name), escaped(label), x, y, width, ROW);
		int fitting = (int) ((width - 6) / CHARACTER);
		if (fitting > 3) {
			String text = (label.length() <= fitting) ? label : box.name;
			add("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 4, y + 13,
					escaped((text.length() <= fitting) ? text : text.substring(0, fitting - 1) + "…"));
		}
		this.svg.append("</g>\n");
		double left = x;
		for (Box child : box.widestFirst()) {
			draw(child, left, row + 1);
			left += (double) child.samples / this.root.samples * (WIDTH - 2 * MARGIN);
		}
	}

	private static String kind(String name) {
		if (name.startsWith("ONNX")) {
			return "model";
		}
		if (LIBRARIES.containsValue(name)) {
			return "theirs";
		}
		return name.startsWith(JDK) || name.contains("threads") ? "jdk" : "ours";
	}

	@FormatMethod
	private void add(String format, Object... arguments) {
		this.svg.append(String.format(Locale.ROOT, format, arguments));
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/**
	 * A caller with all that it calls.
	 */
	private static final class Box {

		private final String name;

		private final Map<String, Box> called = new LinkedHashMap<>();

		private int samples;

		Box(String name) {
			this.name = name;
		}

		void add(List<String> names) {
			this.samples++;
			if (!names.isEmpty()) {
				this.called.computeIfAbsent(names.getFirst(), Box::new).add(names.subList(1, names.size()));
			}
		}

		List<Box> widestFirst() {
			return this.called.values()
				.stream()
				.sorted(Comparator.comparingInt((Box box) -> box.samples).reversed())
				.toList();
		}

		int depth(int least) {
			return 1 + this.called.values()
				.stream()
				.filter((box) -> box.samples >= least)
				.mapToInt((box) -> box.depth(least))
				.max()
				.orElse(0);
		}

	}

}
