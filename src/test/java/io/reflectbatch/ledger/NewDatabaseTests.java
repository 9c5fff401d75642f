package io.reflectbatch.ledger;

import java.nio.file.Path;

import com.zaxxer.hikari.HikariDataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is on disk after a ledger was created in the embedded database.
 */
class NewDatabaseTests {

	// H2 writes failed statements and their stack traces to reflect.trace.db.
	@Test
	void leavesNoTraceOfAnError(@TempDir Path directory) {
		try (HikariDataSource dataSource = TestDatabase.pool("jdbc:h2:file:" + directory.resolve("reflect"))) {
			new LedgerSchema(dataSource).afterPropertiesSet();
		}
		assertThat(directory).isDirectoryContaining("glob:**.mv.db").isDirectoryNotContaining("glob:**.trace.db");
	}

}
