package io.reflectbatch.cli;

import java.nio.file.Path;

import io.reflectbatch.importing.JobProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paths of the configuration may begin with the home directory.
 */
class HomePathsTests {

	private static final Path HOME = Path.of(System.getProperty("user.home"));

	private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Paths.class)
		.withPropertyValues("reflect.home=~/data");

	@Test
	void theDefaultOfTheLogsIsInTheHomeDirectory() {
		this.context.run((started) -> assertThat(started.getBean(JobProperties.class).source().logs())
			.isEqualTo(HOME.resolve(".claude/projects")));
	}

	@Test
	void theDataDirectoryMayBeInTheHomeDirectory() {
		this.context
			.run((started) -> assertThat(started.getBean(JobProperties.class).home()).isEqualTo(HOME.resolve("data")));
	}

	@ParameterizedTest
	@CsvSource({ "/logs", "a/~/b", "~other/logs" })
	void otherPathsStayAsTheyAre(String path) {
		this.context.withPropertyValues("reflect.source.logs=" + path)
			.run((started) -> assertThat(started.getBean(JobProperties.class).source().logs())
				.isEqualTo(Path.of(path)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(JobProperties.class)
	@Import(HomePaths.class)
	static class Paths {

	}

}
