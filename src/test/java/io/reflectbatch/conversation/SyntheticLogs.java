package io.reflectbatch.conversation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * Writes a made-up logs directory with everything that is found in real ones: all types
 * of lines in their proportions, several languages, unreadable lines, copied messages,
 * subagents, warm-ups, empty and growing files. The same seed gives the same bytes.
 * Streams to disk, so that any size is possible.
 */
public final class SyntheticLogs {

	private static final String PROJECT = "-home-dev-projects-app";

	private static final int COPIES = 5;

	private final Random random;

	private int projects = 3;

	private int filesPerProject = 5;

	private int linesPerFile = 100;

	private double spread;

	private final Deque<SyntheticLine> said = new ArrayDeque<>();

	private Counts counts = Counts.NONE;

	private SyntheticLogs(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Prepares logs of three projects with five sessions of 100 lines each.
	 */
	public static SyntheticLogs seeded(long seed) {
		return new SyntheticLogs(seed);
	}

	/**
	 * Sets the number of project directories.
	 */
	public SyntheticLogs projects(int number) {
		this.projects = number;
		return this;
	}

	/**
	 * Sets the number of sessions a project; subagents come on top.
	 */
	public SyntheticLogs filesPerProject(int number) {
		this.filesPerProject = number;
		return this;
	}

	/**
	 * Sets the number of lines a session.
	 */
	public SyntheticLogs linesPerFile(int number) {
		this.linesPerFile = number;
		return this;
	}

	/**
	 * Makes sessions of different lengths, as real ones are: log-normal around the number
	 * of lines.
	 * @param sigma the standard deviation of the logarithm; 0 makes all equal
	 */
	public SyntheticLogs spread(double sigma) {
		this.spread = sigma;
		return this;
	}

	/**
	 * Writes the logs.
	 * @param logs the logs directory, which need not exist
	 * @return what a correct reader finds in them
	 */
	public Counts writeTo(Path logs) throws IOException {
		this.counts = Counts.NONE;
		for (int project = 0; project < this.projects; project++) {
			project(Files.createDirectories(logs.resolve(PROJECT + project)));
		}
		return this.counts;
	}

	private void project(Path directory) throws IOException {
		Files.writeString(directory.resolve("sessions-index.json"), "{}");
		Files.createDirectories(directory.resolve("memory"));
		Files.writeString(directory.resolve("memory/notes.md"), "# Notes\n");
		for (int file = 0; file < this.filesPerProject; file++) {
			session(directory, file);
		}
	}

	private void session(Path directory, int number) throws IOException {
		SyntheticSession session = new SyntheticSession(this.random, false);
		int lines = (number % 16 == 15) ? 0 : lines();
		write(directory.resolve(session.id() + ".jsonl"), session, lines, number);
		if (number % 3 == 1) {
			Path subagents = Files.createDirectories(directory.resolve(session.id()).resolve("subagents"));
			Files.writeString(subagents.resolve("journal.jsonl"), "{}\n");
			write(agent(subagents), new SyntheticSession(this.random, true), 1 + this.linesPerFile / 4, 0);
			warmup(agent(subagents));
		}
		if (number % 3 == 2) {
			warmup(agent(directory));
		}
	}

	private int lines() {
		return (this.spread == 0) ? this.linesPerFile
				: (int) Math.ceil(this.linesPerFile * Math.exp(this.random.nextGaussian() * this.spread));
	}

	private Path agent(Path directory) {
		return directory.resolve("agent-" + Integer.toHexString(this.random.nextInt(1 << 28) | 1 << 28) + ".jsonl");
	}

	private void warmup(Path file) throws IOException {
		SyntheticSession session = new SyntheticSession(this.random, true);
		try (OutputStream log = open(file)) {
			boolean top = isTop(file);
			line(log, session.warmup(), "\n", top);
			line(log, session.answer(), "\n", top);
		}
	}

	/**
	 * Some files begin with a byte order mark, some have Windows' line ends, some end in
	 * the middle of a line, and later ones repeat messages of earlier ones.
	 */
	private void write(Path file, SyntheticSession session, int lines, int number) throws IOException {
		String end = (number % 7 == 3) ? "\r\n" : "\n";
		boolean top = isTop(file);
		try (OutputStream log = open(file)) {
			if (lines > 0 && number % 7 == 4) {
				text(log, "\uFEFF");
			}
			if (lines > 0 && number % 4 == 2) {
				for (SyntheticLine copy : this.said) {
					line(log, copy, end, top);
				}
			}
			for (int count = 0; count < lines; count++) {
				line(log, remember(session.next()), end, top);
			}
			if (lines > 0 && number % 5 == 1) {
				text(log, session.prompt().json().substring(0, 40));
			}
		}
	}

	private OutputStream open(Path file) throws IOException {
		this.counts = this.counts.withFile(isTop(file));
		return new BufferedOutputStream(Files.newOutputStream(file));
	}

	private static boolean isTop(Path file) {
		Path parent = file.getParent();
		return parent != null && !parent.endsWith("subagents");
	}

	private SyntheticLine remember(SyntheticLine line) {
		if (line.reference() && line.selected()) {
			this.said.addLast(line);
			if (this.said.size() > COPIES) {
				this.said.removeFirst();
			}
		}
		return line;
	}

	private void line(OutputStream log, SyntheticLine line, String end, boolean top) throws IOException {
		text(log, line.json());
		text(log, end);
		this.counts = this.counts.withLine(line, top);
	}

	private static void text(OutputStream log, String text) throws IOException {
		log.write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What a correct reader finds.
	 *
	 * @param files the transcripts, subagents' included
	 * @param topLevelFiles the files directly in a project directory
	 * @param lines the lines that end with a line feed
	 * @param problems the lines that cannot be read
	 * @param selected the messages by the default rule: warm-ups, prompts of the queue
	 * and copies included
	 * @param reference the messages by the reference rule in the top-level files
	 */
	public record Counts(int files, int topLevelFiles, long lines, long problems, long selected, long reference) {

		static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

		Counts withFile(boolean top) {
			return new Counts(this.files + 1, this.topLevelFiles + one(top), this.lines, this.problems, this.selected,
					this.reference);
		}

		Counts withLine(SyntheticLine line, boolean top) {
			return new Counts(this.files, this.topLevelFiles, this.lines + 1, this.problems + one(line.problem()),
					this.selected + one(line.selected()), this.reference + one(top && line.reference()));
		}

		private static int one(boolean condition) {
			return condition ? 1 : 0;
		}

	}

}
