package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

import io.reflectbatch.watch.WatchLog;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class WatchLinesTests {

	private final StringWriter err = new StringWriter();

	@Test
	void writesLinesAsTheImportsDo() {
		new WatchLines(new PrintWriter(this.err), false).warn("It is 5 o'clock");
		assertThat(this.err.toString()).matches("\\d\\d:\\d\\d:\\d\\d WARN  It is 5 o'clock\\R");
	}

	@Test
	void writesOneDocumentALineForPrograms() {
		WatchLog log = new WatchLines(new PrintWriter(this.err), true);
		log.info("\"größe\"\nand more");
		assertThat(this.err.toString().lines()).hasSize(1);
		JsonNode document = JsonMapper.shared().readTree(this.err.toString());
		assertThat(document.get("message").asString()).isEqualTo("\"größe\"\nand more");
		assertThat(document.get("log").get("level").asString()).isEqualTo("INFO");
		assertThat(document.get("@timestamp").asString()).endsWith("Z");
		assertThat(document.get("process").get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
	}

}
