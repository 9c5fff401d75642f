package io.reflectbatch.watch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class ResidentMemoryTests {

	@Test
	@EnabledOnOs(OS.LINUX)
	void isInPartForThisProcessAlone() {
		long megabyte = 1 << 20;
		assertThat(ResidentMemory.anonymous().orElseThrow()).isGreaterThan(megabyte)
			.isLessThan(ResidentMemory.now().orElseThrow() + 64 * megabyte);
	}

}
