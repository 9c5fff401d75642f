package io.reflectbatch.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The expected values are those that the reference importer wrote.
 */
class PointIdsTests {

	@ParameterizedTest
	@CsvSource({ "edge_cases, 0, 1074152027923213946", "representative_messages, 0, 615558234040532174",
			"sample-transcript, 0, 6658896714788822228", "sample-transcript, 1, 7309108303558420582",
			"030e1e67-6bf0-492d-8bd3-cc3383ec93ab, 2, 5540338083647923559",
			"23986045-ec24-48ac-8531-832bf31b9053, 1, 5567202026129823902",
			"edit-tool-variants, 0, 9151219625051358236" })
	void givesAPointTheIdOfTheReference(String conversationId, int chunkIndex, long id) {
		assertThat(PointIds.id(conversationId, chunkIndex)).isEqualTo(id);
	}

	@ParameterizedTest
	@CsvSource({ "-home-dev-projects-claude-code-log, conv_923a9e94_local",
			"-home-dev-projects-claude-mem, conv_34c8c629_local",
			"-home-dev-projects-claude-reliability, conv_156a6b7b_local",
			"-home-dev-projects-entire-cli, conv_e1aaa29d_local",
			"-home-dev-projects-session-viewer, conv_e6ee6575_local" })
	void givesAProjectTheCollectionOfTheReference(String project, String collection) {
		assertThat(PointIds.collection(project)).isEqualTo(collection);
		assertThat(VectorSpace.REFERENCE.contains(collection)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reflections_local", "reflections_voyage", "conv_923a9e94_voyage", "conv_923A9E94_local",
			"conv_923a9e9_local", "a_conv_923a9e94_local", "conv_923a9e94_local\n", "" })
	void knowsTheCollectionsOfOthers(String collection) {
		assertThat(VectorSpace.REFERENCE.contains(collection)).isFalse();
	}

	@Test
	void refusesTheCollectionsOfOthers() {
		VectorSpace.REFERENCE.require("conv_923a9e94_local");
		assertThatExceptionOfType(StoreRejectedException.class)
			.isThrownBy(() -> VectorSpace.REFERENCE.require("reflections_local"))
			.withMessage("Collection 'reflections_local' is not one of ours and is left alone; "
					+ "only collections named conv_<8 hex digits>_local are changed, see PointIds.collection");
	}

}
