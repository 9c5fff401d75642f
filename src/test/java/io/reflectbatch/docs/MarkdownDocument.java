package io.reflectbatch.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of this project, as far as tests look into it: sections, tables, fenced code
 * and links.
 */
public final class MarkdownDocument {

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern LITERAL = Pattern.compile("`([^`]+)`");

	private final Path path;

	private final String text;

	private MarkdownDocument(Path path) {
		this.path = path;
		try {
			this.text = Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a document.
	 * @param path from the project's directory
	 */
	public static MarkdownDocument read(String path) {
		return new MarkdownDocument(Path.of(path));
	}

	/**
	 * Reads all documents of the project.
	 */
	static List<MarkdownDocument> all() throws IOException {
		try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
			return Stream
				.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
						docs.filter((file) -> file.toString().endsWith(".md")).sorted())
				.map(MarkdownDocument::new)
				.toList();
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * Returns the rows of the first table below a heading, as column title to cell.
	 * @param heading the text of the heading
	 */
	public List<Map<String, String>> table(String heading) {
		List<List<String>> rows = section(heading).lines()
			.dropWhile((line) -> !line.startsWith("|"))
			.takeWhile((line) -> line.startsWith("|"))
			.map(MarkdownDocument::cells)
			.toList();
		if (rows.isEmpty()) {
			throw new AssertionError("%s has no table below '%s'".formatted(this.path, heading));
		}
		return rows.stream().skip(2).map((row) -> row(rows.getFirst(), row)).toList();
	}

	private String section(String heading) {
		Matcher start = Pattern.compile("^#+ " + Pattern.quote(heading) + "$", Pattern.MULTILINE).matcher(this.text);
		if (!start.find()) {
			throw new AssertionError("%s has no heading '%s'".formatted(this.path, heading));
		}
		String rest = this.text.substring(start.end());
		Matcher end = HEADING.matcher(rest);
		return end.find() ? rest.substring(0, end.start()) : rest;
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1)).map(String::strip).toList();
	}

	private static Map<String, String> row(List<String> titles, List<String> cells) {
		Map<String, String> row = new LinkedHashMap<>();
		for (int column = 0; column < titles.size(); column++) {
			row.put(titles.get(column), cells.get(column));
		}
		return row;
	}

	/**
	 * Returns what stands between backticks below a heading.
	 * @param heading the text of the heading
	 */
	public List<String> literalsIn(String heading) {
		return literals(section(heading));
	}

	/**
	 * Returns what stands between backticks, outside of fenced code.
	 */
	public List<String> literals() {
		return literals(prose());
	}

	/**
	 * Returns what stands between backticks.
	 */
	public static List<String> literals(String text) {
		return LITERAL.matcher(text).results().map((literal) -> literal.group(1)).toList();
	}

	/**
	 * Returns the lines of all fenced code in one language, of all documents.
	 * @param language what stands behind the opening fence
	 */
	public static List<String> linesIn(String language) throws IOException {
		return all().stream()
			.flatMap((document) -> document.codeBlocks().stream())
			.filter((block) -> block.language().equals(language))
			.flatMap((block) -> block.text().lines())
			.toList();
	}

	List<CodeBlock> codeBlocks() {
		return FENCE.matcher(this.text)
			.results()
			.map((fence) -> new CodeBlock(fence.group(1), fence.group(2), lineAt(fence.start())))
			.toList();
	}

	private int lineAt(int offset) {
		return (int) this.text.substring(0, offset).lines().count() + 1;
	}

	/**
	 * Returns the targets of all links that lead to a file of the project, or to a place
	 * in this one.
	 */
	List<String> localLinks() {
		List<String> targets = new ArrayList<>();
		Matcher link = LINK.matcher(prose());
		while (link.find()) {
			if (!link.group(1).contains("://")) {
				targets.add(link.group(1));
			}
		}
		return targets;
	}

	/**
	 * Returns the names that links use for the headings.
	 */
	List<String> anchors() {
		return HEADING.matcher(prose())
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	private String prose() {
		return FENCE.matcher(this.text).replaceAll("");
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * Fenced code.
	 *
	 * @param language what stands behind the opening fence
	 * @param text what stands between the fences
	 * @param line the number of the line of the opening fence
	 */
	record CodeBlock(String language, String text, int line) {

		boolean isShell() {
			return this.language.equals("console") || this.language.equals("sh");
		}

		/**
		 * The commands: in {@code console} what follows a prompt, in {@code sh} all.
		 */
		List<String> commands() {
			return this.text.lines()
				.filter((line) -> !line.isBlank() && (!isConsole() || line.startsWith("$ ")))
				.map((line) -> isConsole() ? line.substring(2) : line)
				.toList();
		}

		/**
		 * The quoted output, without lines in which something was left out.
		 */
		List<String> output() {
			return this.text.lines()
				.filter((line) -> isConsole() && !line.isBlank() && !line.startsWith("$ ") && !line.contains("…"))
				.toList();
		}

		private boolean isConsole() {
			return this.language.equals("console");
		}

	}

}
