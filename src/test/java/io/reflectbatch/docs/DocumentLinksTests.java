package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever follows a link in the documentation arrives, and links lead to every page.
 */
class DocumentLinksTests {

	@ParameterizedTest
	@MethodSource("io.reflectbatch.docs.MarkdownDocument#all")
	void linksLeadToFilesAndHeadingsThatExist(MarkdownDocument document) {
		assertThat(document.localLinks()).allSatisfy((link) -> {
			assertThat(target(document, link)).exists();
			if (link.contains("#")) {
				assertThat(MarkdownDocument.read(target(document, link).toString()).anchors())
					.contains(link.substring(link.indexOf('#') + 1));
			}
		});
	}

	@Test
	void everyPageCanBeReachedFromTheReadme() throws IOException {
		Set<Path> reached = new LinkedHashSet<>(Set.of(Path.of("README.md")));
		Deque<Path> open = new ArrayDeque<>(reached);
		while (!open.isEmpty()) {
			MarkdownDocument document = MarkdownDocument.read(open.remove().toString());
			document.localLinks()
				.stream()
				.map((link) -> target(document, link))
				.filter((file) -> file.toString().endsWith(".md") && Files.exists(file))
				.filter(reached::add)
				.forEach(open::add);
		}
		assertThat(MarkdownDocument.all()).extracting(MarkdownDocument::path).isSubsetOf(reached);
	}

	private static Path target(MarkdownDocument document, String link) {
		String file = link.replaceFirst("#.*", "");
		return file.isEmpty() ? document.path() : document.path().resolveSibling(file).normalize();
	}

}
