package io.reflectbatch.watch;

import java.util.Map;
import java.util.TreeMap;

import io.reflectbatch.docs.MarkdownDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CycleResultTests {

	@Test
	void understandsEveryExitCodeOfTheReadme() {
		Map<Integer, CycleResult> results = new TreeMap<>();
		MarkdownDocument.read("README.md").table("Exit codes").forEach((row) -> {
			int code = Integer.parseInt(row.getOrDefault("code", ""));
			results.put(code, CycleResult.of(code));
		});
		assertThat(results).isEqualTo(new TreeMap<>(Map.of(0, CycleResult.COMPLETED, 1, CycleResult.FAILED, 2,
				CycleResult.MISCONFIGURED, 3, CycleResult.HELD, 4, CycleResult.UNAVAILABLE, 5, CycleResult.SKIPPED, 143,
				CycleResult.STOPPED)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 134, 137, 139, 255 })
	void whatMayWorkNextTimeIsAFailure(int exitCode) {
		assertThat(CycleResult.of(exitCode).isFailure()).isTrue();
		assertThat(CycleResult.of(exitCode).isSuccess()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 3, 5, 143 })
	void othersAreNone(int exitCode) {
		assertThat(CycleResult.of(exitCode).isFailure()).isFalse();
	}

}
