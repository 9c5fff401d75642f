/**
 * Remembers what has been imported: files, positions, problems, and the bridge to
 * {@code imported-files.json}.
 */
@ApplicationModule(allowedDependencies = "conversation")
@NullMarked
package io.reflectbatch.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
