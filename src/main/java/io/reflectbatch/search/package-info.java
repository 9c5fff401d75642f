/**
 * Answers one question with ranked passages, and shows what was said around one.
 */
@ApplicationModule(allowedDependencies = { "conversation", "embedding", "store" })
@NullMarked
package io.reflectbatch.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
