package io.reflectbatch.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.ScoredPoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RankingTests {

	private static final Instant NOW = Instant.parse("2026-06-30T00:00:00Z");

	@Test
	void aPointThatBothRankingsHaveBeatsTheFirstOfOne() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(List.of(point(1, 0.9), point(2, 0.8)), 1);
		ranking.addWords(List.of(point(3, 12), point(2, 4)));
		assertThat(ids(ranking)).containsExactly(2L, 1L, 3L);
	}

	@Test
	void theFirstOfOneRankingBeatsWhatIsFarDownInBoth() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(LongStream.rangeClosed(1, 20).mapToObj((id) -> point(id, 1.0 / id)).toList(), 1);
		ranking.addWords(
				LongStream.rangeClosed(1, 20).mapToObj((rank) -> point((rank == 1) ? 99 : rank, 1.0 / rank)).toList());
		assertThat(ids(ranking).indexOf(99L)).isLessThan(ids(ranking).indexOf(13L));
	}

	@Test
	void scoresAreOneForTheFirstOfBothAndHalfForTheFirstOfOne() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(List.of(point(1, 0.3), point(2, 0.2)), 1);
		ranking.addWords(List.of(point(1, 12)));
		assertThat(ranking.score(ranking.best().getFirst())).isCloseTo(1, within(1e-9));
		assertThat(ranking.score(ranking.best().get(1))).isCloseTo(0.5 * 11 / 12, within(1e-9));
		assertThat(ranking.best().getFirst().similarity()).isEqualTo(0.3);
		assertThat(ranking.best().getFirst().wordScore()).isEqualTo(12);
		assertThat(ranking.best().get(1).wordScore()).isNull();
	}

	@Test
	void aRankingWithoutWeightComesBehindTheOther() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(List.of(point(1, 0.9), point(2, 0.8)), 0);
		ranking.addWords(List.of(point(3, 12), point(2, 4)));
		assertThat(ids(ranking)).containsExactly(3L, 2L, 1L);
		assertThat(ranking.best()).extracting(ranking::score).containsExactly(1.0, 11 / 12.0, 0.0);
		assertThat(ranking.best().getLast().similarity()).isEqualTo(0.9);
	}

	@Test
	void aRankingByMeaningAloneIsThatOfTheCosines() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(List.of(point(1, 0.9), point(2, -0.5)), 1);
		assertThat(ranking.best()).extracting(ranking::score).containsExactly(0.9, -0.5);
	}

	@Test
	void aRankingByWordsAloneIsInSharesOfTheBest() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addWords(List.of(point(1, 12), point(2, 3)));
		assertThat(ranking.best()).extracting(ranking::score).containsExactly(1.0, 0.25);
	}

	@Test
	void equalsHaveAFixedOrder() {
		Ranking ranking = new Ranking(null, NOW);
		ranking.addVectors(List.of(point(2, 0.5), point(1, 0.4)), 1);
		ranking.addWords(List.of(point(1, 5), point(2, 4)));
		assertThat(ids(ranking)).containsExactly(2L, 1L);
	}

	@Test
	void decayHalvesEvery90Days() {
		Decay decay = new Decay(Duration.ofDays(90), 0.3);
		assertThat(decay.bonus(NOW, NOW)).isCloseTo(0.3, within(1e-9));
		assertThat(decay.bonus(NOW.minus(Duration.ofDays(90)), NOW)).isCloseTo(0.15, within(1e-9));
		assertThat(decay.bonus(NOW.minus(Duration.ofDays(180)), NOW)).isCloseTo(0.075, within(1e-9));
		assertThat(decay.bonus(NOW.plus(Duration.ofDays(5)), NOW)).isCloseTo(0.3, within(1e-9));
		assertThat(decay.bonus(null, NOW)).isZero();
	}

	@Test
	void whatWasSaidLatelyOvertakesWhatIsALittleMoreSimilar() {
		Ranking ranking = new Ranking(new Decay(Duration.ofDays(90), 0.3), NOW);
		ranking.addVectors(List.of(point(1, 0.6, "2025-06-30T00:00:00Z"), point(2, 0.5, "2026-06-29T00:00:00Z"),
				point(3, 0.55, "no time")), 1);
		assertThat(ids(ranking)).containsExactly(2L, 1L, 3L);
	}

	private static List<Long> ids(Ranking ranking) {
		return ranking.best().stream().map((ranked) -> ranked.point().id()).toList();
	}

	private static ScoredPoint point(long id, double score) {
		return new ScoredPoint("conv_00000000_local", id, score, Map.of());
	}

	private static ScoredPoint point(long id, double score, String timestamp) {
		return new ScoredPoint("conv_00000000_local", id, score, Map.of(Point.TIMESTAMP, timestamp));
	}

}
