package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.reflectbatch.importing.LogContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How log messages look.
 */
class LogEncoderTests {

	private static final String FILE = "-home-app/a.jsonl";

	private final LoggerContext context = new LoggerContext();

	@AfterEach
	void writeForPeopleAgain() {
		LogFormat.use("text");
	}

	@Test
	void textEndsWithTheExecutionAndTheFile() {
		LogFormat.use("text");
		assertThat(encode("Qdrant is gone", Map.of(LogContext.EXECUTION, "12", LogContext.FILE, FILE)))
			.matches("\\d\\d:\\d\\d:\\d\\d WARN  Qdrant is gone \\[execution 12, -home-app/a\\.jsonl]\\R");
	}

	@Test
	void textNamesAFileOnce() {
		LogFormat.use("text");
		assertThat(encode("Left out /logs/" + FILE, Map.of(LogContext.EXECUTION, "12", LogContext.FILE, FILE)))
			.endsWith(" WARN  Left out /logs/-home-app/a.jsonl [execution 12]" + System.lineSeparator());
	}

	@Test
	void textWithoutAnExecutionEndsWithTheMessage() {
		LogFormat.use("");
		assertThat(encode("größer", Map.of())).endsWith(" WARN  größer" + System.lineSeparator());
	}

	@Test
	void isInUseFromTheFirstLoggerOn() {
		assertThat(ServiceLoader.load(Configurator.class)).anyMatch(EarlyLogging.class::isInstance);
		assertThat(new EarlyLogging().configure(this.context))
			.isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
		Logger root = this.context.getLogger(Logger.ROOT_LOGGER_NAME);
		assertThat(root.getLevel()).isEqualTo(Level.WARN);
		assertThat(root.iteratorForAppenders()).toIterable()
			.singleElement(InstanceOfAssertFactories.type(ConsoleAppender.class))
			.satisfies((console) -> {
				assertThat(console.getTarget()).isEqualTo("System.err");
				assertThat(console.getEncoder()).isInstanceOf(LogEncoder.class);
				assertThat(console.isStarted()).isTrue();
			});
	}

	@Test
	void ecsIsOneDocumentALineAlsoBeforeSpringStarts() {
		LogFormat.use(" ECS ");
		String line = encode("two\n\"lines\"", Map.of(LogContext.EXECUTION, "12", LogContext.FILE, FILE));
		assertThat(line).endsWith("\n");
		assertThat(line.lines()).hasSize(1);
		JsonNode event = JsonMapper.shared().readTree(line);
		assertThat(event.at("/message").asString()).isEqualTo("two\n\"lines\"");
		assertThat(event.at("/log/level").asString()).isEqualTo("WARN");
		assertThat(event.at("/execution").asString()).isEqualTo("12");
		assertThat(event.at("/file/path").asString()).isEqualTo(FILE);
		assertThat(event.at("/ecs/version").asString()).isNotBlank();
		assertThat(event.has("@timestamp")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "text", "", "ecs2" })
	void whatIsNotEcsIsForPeople(String format) {
		LogFormat.use(format);
		assertThat(LogFormat.isForPrograms()).isFalse();
	}

	@Test
	void whereProgramsReadNothingIsPrintedBesidesLogMessages() {
		LogFormat.use("ecs");
		StringWriter err = new StringWriter();
		new Notices(new PrintWriter(err)).complain("something is wrong");
		assertThat(err.toString()).isEmpty();
	}

	private String encode(String message, Map<String, String> about) {
		LogEncoder encoder = new LogEncoder();
		encoder.setContext(this.context);
		encoder.start();
		LoggingEvent event = new LoggingEvent("test", this.context.getLogger("test"), Level.WARN, message, null, null);
		event.setMDCPropertyMap(about);
		String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
		encoder.stop();
		return line;
	}

}
