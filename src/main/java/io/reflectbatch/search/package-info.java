/**
 * Answers one question with ranked passages.
 */
@ApplicationModule(allowedDependencies = { "embedding", "store" })
@NullMarked
package io.reflectbatch.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
