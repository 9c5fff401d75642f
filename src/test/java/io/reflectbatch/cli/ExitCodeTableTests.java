package io.reflectbatch.cli;

import java.util.List;
import java.util.stream.Stream;

import io.reflectbatch.docs.MarkdownDocument;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README names the exit codes there are.
 */
class ExitCodeTableTests {

	@Test
	void theReadmeNamesEveryExitCodeInOrder() {
		List<Integer> documented = MarkdownDocument.read("README.md")
			.table("Exit codes")
			.stream()
			.map((row) -> Integer.valueOf(row.get("code")))
			.toList();
		assertThat(documented).isEqualTo(Stream.of(ExitCode.values()).map(ExitCode::value).toList());
	}

}
