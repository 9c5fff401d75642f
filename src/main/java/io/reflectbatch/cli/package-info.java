/**
 * Commands, exit codes and output; translates and delegates.
 */
@ApplicationModule(
		allowedDependencies = { "operations", "search", "ledger", "importing", "embedding", "store", "watch" })
@NullMarked
package io.reflectbatch.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
