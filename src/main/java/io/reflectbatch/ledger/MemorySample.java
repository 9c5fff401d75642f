package io.reflectbatch.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How much memory a process had at a moment.
 *
 * @param at when
 * @param residentBytes what was resident of the process
 * @param cgroupBytes what its memory cgroup was charged with; null outside of one
 */
public record MemorySample(Instant at, long residentBytes, @Nullable Long cgroupBytes) {

}
