package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link HeapGrowth}.
 */
class HeapGrowthTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void collectsWhatHasComeAndCountsFromThereOn() {
		HeapGrowth heap = new HeapGrowth();
		System.gc();
		assertThat(heap.collectIfGrown()).isFalse();
		List<byte[]> alive = new ArrayList<>();
		for (int megabytes = 0; megabytes < 64; megabytes++) {
			alive.add(new byte[MEGABYTE]);
		}
		assertThat(heap.collectIfGrown()).isTrue();
		assertThat(heap.collectIfGrown()).as("it lives").isFalse();
		assertThat(alive).hasSize(64);
	}

}
