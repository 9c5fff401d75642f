package io.reflectbatch.ledger;

import java.sql.DatabaseMetaData;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Repository;

/**
 * Ends what processes that sleep have begun in a database server. It keeps the rows
 * locked that such a process has written and not committed, until its connection breaks,
 * which may take hours; whoever takes the lease over would wait for them. In H2 there is
 * nothing to end: one process has the file open.
 */
@Repository
class SleepingWriters {

	private static final Logger logger = LoggerFactory.getLogger(SleepingWriters.class);

	private final JdbcClient jdbc;

	private final DataSource dataSource;

	SleepingWriters(JdbcClient jdbc, DataSource dataSource) {
		this.jdbc = jdbc;
		this.dataSource = dataSource;
	}

	/**
	 * Ends every connection of this user that has locked rows of the ledger and is doing
	 * nothing. To be called when the lease has expired: only its holder writes.
	 */
	void end() {
		if (!isPostgres()) {
			return;
		}
		int ended = this.jdbc.sql("""
				select pg_terminate_backend(pid) from pg_stat_activity
				where pid <> pg_backend_pid() and usename = current_user and datname = current_database()
				  and state like 'idle in transaction%' and pid in (
				    select l.pid from pg_locks l join pg_class c on c.oid = l.relation
				    where l.mode = 'RowExclusiveLock'
				      and c.relnamespace = (select oid from pg_namespace where nspname = current_schema()))""")
			.query(Boolean.class)
			.list()
			.size();
		if (ended > 0) {
			logger.warn("Ended {} unfinished transaction(s) of the process whose lease has expired", ended);
		}
	}

	private boolean isPostgres() {
		try {
			return JdbcUtils.extractDatabaseMetaData(this.dataSource, DatabaseMetaData::getDatabaseProductName)
				.equals("PostgreSQL");
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database does not say what it is", ex);
		}
	}

}
