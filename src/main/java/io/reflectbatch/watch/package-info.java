/**
 * Runs imports again and again, each in a process of its own, and says how they went.
 * Knows no Spring and no other module: it is there all the time and has to be small.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.reflectbatch.watch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
