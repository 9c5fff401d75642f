package io.reflectbatch.importing;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What H2 keeps of the statements that it has parsed.
 */
class StatementCacheTests {

	@TempDir
	Path directory;

	@Test
	void holdsEveryStatementOfAnImport() throws Exception {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 12));
		logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 4));
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs.root())) {
			JdbcClient jdbc = application.bean(JdbcClient.class);
			jdbc.sql("set query_statistics_max_entries 1000").update();
			jdbc.sql("set query_statistics true").update();
			application.importNew();
			int statements = jdbc.sql("select count(*) from information_schema.query_statistics")
				.query(Integer.class)
				.single();
			int kept = jdbc.sql(
					"select cast(setting_value as integer) from information_schema.settings where setting_name = 'QUERY_CACHE_SIZE'")
				.query(Integer.class)
				.single();
			assertThat(statements).isGreaterThan(20).isLessThanOrEqualTo(kept);
		}
	}

}
