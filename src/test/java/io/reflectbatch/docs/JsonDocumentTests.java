package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reflectbatch.conversation.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about {@code --json} names every field that is printed, and lists no other.
 * What is printed is in the golden files.
 */
class JsonDocumentTests {

	/** Objects whose keys are data, and what is documented elsewhere. */
	private static final Set<String> CLOSED = Set.of("parameters", "skipped", "summary");

	private final MarkdownDocument document = MarkdownDocument.read("docs/json.md");

	@ParameterizedTest
	@ValueSource(strings = { "history", "show", "files", "verify", "prune", "stop", "search", "search --open" })
	void namesEveryField(String command) throws IOException {
		JsonNode printed = JsonMapper.shared()
			.readTree(Files.readString(Path.of("src/test/resources/golden/" + command.replace(" --", "-") + ".json")));
		JsonNode element = printed.isArray() ? printed.get(0) : printed;
		List<Map<String, String>> rows = this.document.table(command);
		assertThat(rows).extracting((row) -> MarkdownDocument.literals(row.get("field")).getFirst())
			.containsExactlyInAnyOrderElementsOf(element.propertyNames());
		for (Map<String, String> row : rows) {
			String field = MarkdownDocument.literals(row.get("field")).getFirst();
			assertThat(MarkdownDocument.literals(row.get("meaning"))).as("fields below %s of %s", field, command)
				.containsAll(CLOSED.contains(field) ? Set.of() : namesBelow(element.get(field)));
		}
	}

	@Test
	void givesTheCodeOfEveryReasonForSkippingALine() {
		Map<String, String> codes = new TreeMap<>();
		this.document.table("Reasons for skipping a line")
			.forEach((row) -> codes.put(MarkdownDocument.literals(row.get("code")).getFirst(),
					MarkdownDocument.literals(row.get("words")).getFirst()));
		Map<String, String> expected = new TreeMap<>(Map.of("copy", "copies of other messages"));
		for (SkipReason reason : SkipReason.values()) {
			expected.put(reason.name().toLowerCase(Locale.ROOT),
					(reason != SkipReason.OTHER_TYPE) ? reason.toString() : "TYPE lines");
		}
		assertThat(codes).isEqualTo(expected);
	}

	private static Set<String> namesBelow(JsonNode node) {
		Set<String> names = new TreeSet<>();
		List<JsonNode> children = new ArrayList<>();
		if (node.isObject()) {
			names.addAll(node.propertyNames());
		}
		node.forEach(children::add);
		children.forEach((child) -> names.addAll(namesBelow(child)));
		return names;
	}

}
