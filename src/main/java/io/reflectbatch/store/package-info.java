/**
 * Keeps embedded chunks and finds them again.
 */
@ApplicationModule(allowedDependencies = "conversation")
@NullMarked
package io.reflectbatch.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
