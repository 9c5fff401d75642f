/**
 * Builds the graphs that the jar carries. Runs while the project is built, and is no part
 * of the jar.
 */
@NullMarked
package io.reflectbatch.embedding.graph;

import org.jspecify.annotations.NullMarked;
