package io.reflectbatch.search;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Prefers what was said lately, as Claude Self-Reflect does: to a score is added
 * {@code weight × 0.5^(age / halfLife)}.
 * <p>
 * That is the formula of its documentation and of the query that it has Qdrant compute
 * (exponential decay with the scale of 90 days and the midpoint 0.5). Its other
 * implementation, in Python, forgets faster: it takes 90 days for the time in which
 * {@code 1/e} is left.
 *
 * @param halfLife after which time half of the weight is left
 * @param weight what is added for something said just now
 * @see <a href=
 * "https://github.com/ramakay/claude-self-reflect/blob/v2.4.10/docs/memory-decay.md">Memory
 * decay in Claude Self-Reflect 2.4.10</a>
 * @see <a href=
 * "https://github.com/ramakay/claude-self-reflect/blob/v2.4.10/mcp-server/src/server.py#L285-L310">its
 * query</a>
 */
public record Decay(Duration halfLife, double weight) {

	public Decay {
		if (!halfLife.isPositive()) {
			throw new IllegalArgumentException(
					"The half-life is %s; expected more than nothing, such as 90d".formatted(halfLife));
		}
		if (!(weight >= 0)) {
			throw new IllegalArgumentException("The weight is %s; expected 0 or more, such as 0.3".formatted(weight));
		}
	}

	/**
	 * Returns what to add to the score of something.
	 * @param time when it was said; nothing is added if that is not known
	 * @param now the time of the search
	 */
	double bonus(@Nullable Instant time, Instant now) {
		if (time == null) {
			return 0;
		}
		double age = Math.max(0, Duration.between(time, now).toMillis());
		return this.weight * Math.pow(0.5, age / this.halfLife.toMillis());
	}

}
