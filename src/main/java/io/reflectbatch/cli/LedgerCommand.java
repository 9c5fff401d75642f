package io.reflectbatch.cli;

import org.springframework.beans.factory.BeanFactory;

/**
 * A command that only looks into the ledger. What a job file says of imports is none of
 * its business: to bind and to check that takes a tenth of the time in which it answers.
 */
abstract class LedgerCommand extends SpringCommand {

	LedgerCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	void check(BeanFactory beans) {
		// Where the data directory and the database are is known before Spring starts.
	}

}
