package io.reflectbatch.ledger;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageRegistry}.
 */
@ParameterizedClass
@EnumSource
class MessageRegistryTests {

	private static final String UUID_A = UUID.randomUUID().toString();

	private final Ledger ledger;

	private final MessageRegistry registry;

	private final long original;

	private final long fork;

	MessageRegistryTests(TestDatabase database) {
		this.ledger = new Ledger(database);
		this.registry = this.ledger.messages;
		this.original = this.ledger.register("p/original.jsonl").id();
		this.fork = this.ledger.register("p/fork.jsonl").id();
	}

	@Test
	void aMessageBelongsToTheLineThatClaimsItFirst() {
		assertThat(claims(this.original, 0, UUID_A)).isTrue();
		assertThat(claims(this.fork, 50, UUID_A)).isFalse();
		assertThat(claims(this.original, 90, UUID_A)).isFalse();
		assertThat(this.registry.copies(this.fork)).containsExactly(50L);
		assertThat(this.registry.copies(this.original)).containsExactly(90L);
	}

	@Test
	void claimsOfOneFileAreMadeInTheirOrder() {
		claims(this.original, 0, UUID_A);
		assertThat(this.registry.claim(this.fork, List.of(Claim.of(10, "own"), Claim.of(20, UUID_A),
				Claim.of(30, "own"), Claim.of(40, "another"), Claim.of(50, UUID_A))))
			.containsExactlyInAnyOrder(20L, 30L, 50L);
		assertThat(this.registry.copies(this.fork)).containsExactlyInAnyOrder(20L, 30L, 50L);
		assertThat(this.registry.filesWithCopiesOf(this.original)).containsExactly(this.fork);
		assertThat(claims(this.original, 60, "own")).isFalse();
		assertThat(this.registry.filesWithCopiesOf(this.fork)).containsExactly(this.original);
	}

	@Test
	void nothingIsClaimed() {
		assertThat(this.registry.claim(this.original, List.of())).isEmpty();
	}

	@Test
	void theOwnerMayClaimAgain() {
		assertThat(claims(this.original, 0, UUID_A)).isTrue();
		assertThat(claims(this.original, 0, UUID_A.toUpperCase(Locale.ROOT))).isTrue();
		assertThat(this.registry.copies(this.original)).isEmpty();
	}

	@Test
	void tellsMessagesApartWhoseIdsAreNoUuids() {
		assertThat(claims(this.original, 0, "msg_1")).isTrue();
		assertThat(claims(this.original, 10, "msg_2")).isTrue();
		assertThat(claims(this.fork, 0, "msg_1")).isFalse();
	}

	@Test
	void forgetsOnlyWhatStandsFromAnOffsetOn() {
		claims(this.original, 0, UUID_A);
		claims(this.fork, 10, UUID_A);
		claims(this.fork, 20, "a");
		claims(this.fork, 30, UUID_A);
		claims(this.fork, 40, "b");
		this.registry.queued(this.fork, 45, "text");
		this.registry.problem(this.fork, 1, new LineProblem("p/fork.jsonl", 25, 3, "no JSON"));
		this.registry.forget(this.fork, 30);
		assertThat(this.registry.copies(this.fork)).containsExactly(10L);
		assertThat(this.ledger.count("message_owner", this.fork)).isEqualTo(1);
		assertThat(this.ledger.count("queued_prompt", this.fork)).isZero();
		assertThat(this.ledger.count("line_problem", this.fork)).isEqualTo(1);
		assertThat(this.ledger.count("message_owner", this.original)).isEqualTo(1);
		this.registry.forget(this.fork, 0);
		assertThat(this.ledger.count("line_problem", this.fork)).isZero();
	}

	@Test
	void givesTheSameAnswersWhenAPartIsSurveyedAgain() {
		claims(this.original, 0, UUID_A);
		for (int survey = 0; survey < 2; survey++) {
			this.registry.forget(this.fork, 10);
			assertThat(claims(this.fork, 10, UUID_A)).isFalse();
			assertThat(claims(this.fork, 20, "own")).isTrue();
		}
	}

	@Test
	void namesTheFilesThatHoldCopies() {
		claims(this.original, 0, UUID_A);
		claims(this.original, 5, UUID_A);
		assertThat(this.registry.filesWithCopiesOf(this.original)).isEmpty();
		claims(this.fork, 0, UUID_A);
		claims(this.fork, 9, UUID_A);
		assertThat(this.registry.filesWithCopiesOf(this.original)).containsExactly(this.fork);
		assertThat(this.registry.filesWithCopiesOf(this.fork)).isEmpty();
	}

	@Test
	void aQueuedPromptIsRepeatedOnceAndOnlyBehindIt() {
		this.registry.queued(this.original, 10, "go on");
		assertThat(this.registry.repeatsQueued(this.original, 5, "go on")).isFalse();
		assertThat(this.registry.repeatsQueued(this.fork, 20, "go on")).isFalse();
		assertThat(this.registry.repeatsQueued(this.original, 20, "stop")).isFalse();
		assertThat(this.registry.repeatsQueued(this.original, 20, "go on")).isTrue();
		assertThat(this.registry.repeatsQueued(this.original, 30, "go on")).isFalse();
		assertThat(this.registry.copies(this.original)).containsExactly(20L);
	}

	@Test
	void aLineCanBeACopyInTwoWays() {
		this.ledger.transaction.executeWithoutResult((status) -> {
			claims(this.original, 0, UUID_A);
			this.registry.queued(this.fork, 10, "go on");
			assertThat(claims(this.fork, 20, UUID_A)).isFalse();
			assertThat(this.registry.repeatsQueued(this.fork, 20, "go on")).isTrue();
		});
		assertThat(this.registry.copies(this.fork)).containsExactly(20L);
		assertThat(this.registry.filesWithCopiesOf(this.original)).containsExactly(this.fork);
	}

	@Test
	void knowsWhetherPromptsWereQueued() {
		this.registry.queued(this.original, 10, "go on");
		assertThat(this.registry.hasQueued(this.original)).isTrue();
		assertThat(this.registry.hasQueued(this.fork)).isFalse();
	}

	@Test
	void aPromptQueuedTwiceIsRepeatedTwice() {
		this.registry.queued(this.original, 10, "go on");
		this.registry.queued(this.original, 20, "go on");
		assertThat(this.registry.repeatsQueued(this.original, 30, "go on")).isTrue();
		assertThat(this.registry.repeatsQueued(this.original, 40, "go on")).isTrue();
		assertThat(this.registry.repeatsQueued(this.original, 50, "go on")).isFalse();
	}

	@Test
	void aRepetitionThatIsSurveyedAgainFindsItsPromptAgain() {
		this.registry.queued(this.original, 10, "go on");
		assertThat(this.registry.repeatsQueued(this.original, 20, "go on")).isTrue();
		this.registry.forget(this.original, 15);
		assertThat(this.registry.copies(this.original)).isEmpty();
		assertThat(this.registry.repeatsQueued(this.original, 25, "go on")).isTrue();
	}

	private boolean claims(long fileId, long offset, String id) {
		return this.registry.claim(fileId, List.of(Claim.of(offset, id))).isEmpty();
	}

}
