package io.reflectbatch;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/**
 * The packages use one another only in the declared directions, and only what is public.
 */
class ModularityTests {

	@Test
	void modulesKeepToTheirDeclaredDependencies() {
		ApplicationModules.of("io.reflectbatch").verify();
	}

}
