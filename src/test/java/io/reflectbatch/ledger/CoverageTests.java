package io.reflectbatch.ledger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Coverage}.
 */
class CoverageTests {

	@Test
	void isTheShareOfTokensThatAreEmbedded() {
		assertThat(new Coverage(126, 1_260).share()).isEqualTo(0.1);
		assertThat(new Coverage(126, 126).plus(new Coverage(0, 126)).share()).isEqualTo(0.5);
		assertThat(Coverage.NONE.share()).isNull();
		assertThat(Coverage.share(126, null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2, 1", "-1, 1" })
	void hasNoMoreTokensInWindowsThanThereAre(long tokens, long messageTokens) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Coverage(tokens, messageTokens))
			.withMessageContaining(tokens + " of " + messageTokens + " tokens");
	}

}
