package io.reflectbatch.search;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How searches rank.
 *
 * @param mode by what
 * @param decay whether what was said lately is preferred
 * @param halfLife after which time half of the preference is left
 * @param decayWeight how much is added to the score of something said just now
 */
public record SearchProperties(@DefaultValue("hybrid") SearchMode mode, @DefaultValue("false") boolean decay,
		@DefaultValue("90d") Duration halfLife, @DefaultValue("0.3") @Min(0) @Max(10) double decayWeight) {

	public SearchProperties {
		if (!halfLife.isPositive()) {
			throw new IllegalArgumentException(
					"reflect.search.half-life is %s; expected more than nothing, such as 90d".formatted(halfLife));
		}
	}

	/**
	 * Returns the preference for what was said lately, if there is to be one.
	 */
	public @Nullable Decay preference() {
		return this.decay ? new Decay(this.halfLife, this.decayWeight) : null;
	}

}
