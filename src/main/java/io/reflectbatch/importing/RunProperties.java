package io.reflectbatch.importing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an import runs.
 *
 * @param commitInterval the number of chunks that are written and committed together
 * @param workers the number of threads that embed; 0: one a processor, as far as the
 * memory allows
 * @param reimport whether files that have not changed are imported again, from their
 * beginning
 */
public record RunProperties(@DefaultValue("10") @Min(1) @Max(1000) int commitInterval,
		@DefaultValue("0") @Min(0) @Max(256) int workers, @DefaultValue("false") boolean reimport) {

}
