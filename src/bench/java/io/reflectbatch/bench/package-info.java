/**
 * The benchmark that {@code bench/run} starts. Compiled with the tests, and only with the
 * Maven profile {@code bench}.
 */
@NullMarked
package io.reflectbatch.bench;

import org.jspecify.annotations.NullMarked;
