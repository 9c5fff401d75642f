/**
 * The import job on Spring Batch: plan, partitions, chunk-oriented step, finish.
 */
@ApplicationModule(allowedDependencies = { "conversation", "embedding", "store", "ledger", "search", "metrics" })
@NullMarked
package io.reflectbatch.importing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
