package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the architecture says what the code says.
 */
class ArchitectureDocumentTests {

	private static final Pattern TABLE = Pattern.compile("^create table if not exists (\\w+)", Pattern.MULTILINE);

	private final MarkdownDocument document = MarkdownDocument.read("docs/architecture.md");

	@Test
	void theTableHasTheModulesAndTheirAllowedDependencies() {
		List<String> documented = new ArrayList<>();
		for (Map<String, String> row : this.document.table("Modules")) {
			String module = MarkdownDocument.literals(row.get("module")).getFirst();
			documented.add(module);
			MarkdownDocument.literals(row.get("may use")).forEach((used) -> documented.add(module + "-" + used));
		}
		List<String> code = new ArrayList<>(modules());
		code.addAll(dependencies());
		assertThat(documented).containsExactlyInAnyOrderElementsOf(code);
	}

	@Test
	void thePictureHasOneArrowForEachAllowedDependency() throws Exception {
		NodeList paths = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(Path.of("docs/architecture.svg").toFile())
			.getElementsByTagName("path");
		List<String> arrows = new ArrayList<>();
		for (int i = 0; i < paths.getLength(); i++) {
			if (paths.item(i) instanceof Element path && path.getAttribute("class").equals("uses")) {
				arrows.add(path.getAttribute("id"));
			}
		}
		assertThat(arrows).containsExactlyInAnyOrderElementsOf(dependencies());
	}

	@Test
	void theListOfTablesIsThatOfTheSchema() throws IOException {
		List<String> documented = this.document.table("The tables")
			.stream()
			.flatMap((row) -> MarkdownDocument.literals(row.get("table")).stream())
			.toList();
		assertThat(documented).containsExactlyInAnyOrderElementsOf(tables());
	}

	private static List<String> modules() {
		return ApplicationModules.of("io.reflectbatch")
			.stream()
			.map((module) -> module.getIdentifier().toString())
			.sorted()
			.toList();
	}

	private static Set<String> dependencies() {
		TreeSet<String> dependencies = new TreeSet<>();
		for (String module : modules()) {
			ApplicationModule declared = ArchitectureDocumentTests.class.getClassLoader()
				.getDefinedPackage(loaded(module))
				.getAnnotation(ApplicationModule.class);
			if (declared != null) {
				Stream.of(declared.allowedDependencies()).forEach((used) -> dependencies.add(module + "-" + used));
			}
		}
		return dependencies;
	}

	private static String loaded(String module) {
		String name = "io.reflectbatch." + module;
		try {
			Class.forName(name + ".package-info");
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError("The module " + module + " has no package-info.java", ex);
		}
		return name;
	}

	private static List<String> tables() throws IOException {
		try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
			List<String> tables = new ArrayList<>();
			for (Path migration : migrations.toList()) {
				TABLE.matcher(Files.readString(migration)).results().forEach((table) -> tables.add(table.group(1)));
			}
			return tables;
		}
	}

}
