/**
 * Measures how well a search finds what was said. What computes is here among the tests,
 * which test it; what imports and asks is compiled only for {@code bench/search}.
 */
@NullMarked
package io.reflectbatch.bench.search;

import org.jspecify.annotations.NullMarked;
