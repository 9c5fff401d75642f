package io.reflectbatch.importing;

import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSourceScriptDatabaseInitializer;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Creates Spring Batch's tables with its own script, once. Spring Boot would run the
 * script at every start and ignore what exists; so does this class until the last thing
 * that the script creates is there, since its statements are no transaction and the
 * process may have been killed among them.
 */
@Component
class BatchSchema extends BatchDataSourceScriptDatabaseInitializer {

	private static final List<String> SEQUENCES = List.of("BATCH_STEP_EXECUTION_SEQ", "BATCH_JOB_EXECUTION_SEQ",
			"BATCH_JOB_INSTANCE_SEQ");

	private final DataSource dataSource;

	BatchSchema(DataSource dataSource, BatchJdbcProperties properties) {
		super(dataSource, always(properties));
		this.dataSource = dataSource;
	}

	private static BatchJdbcProperties always(BatchJdbcProperties properties) {
		properties.setInitializeSchema(DatabaseInitializationMode.ALWAYS);
		return properties;
	}

	@Override
	public boolean initializeDatabase() {
		boolean created = !exists() && super.initializeDatabase();
		if (created) {
			countWithoutGaps();
		}
		return created;
	}

	// H2 takes 32 numbers of a sequence at a time and loses them when it is killed:
	// execution 2 would be followed by 33. PostgreSQL takes one at a time anyway.
	private void countWithoutGaps() {
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		SEQUENCES.forEach((sequence) -> jdbc.sql("alter sequence " + sequence + " cache 1").update());
	}

	private boolean exists() {
		return JdbcClient.create(this.dataSource)
			.sql("""
					select count(*) from information_schema.sequences
					where sequence_schema = current_schema and upper(sequence_name) = ?""")
			.param(SEQUENCES.getLast())
			.query(Long.class)
			.single() > 0;
	}

}
