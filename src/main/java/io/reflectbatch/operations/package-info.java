/**
 * Looks after job executions: history, details, files, the state file.
 */
@ApplicationModule(allowedDependencies = { "conversation", "importing", "ledger", "store" })
@NullMarked
package io.reflectbatch.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
