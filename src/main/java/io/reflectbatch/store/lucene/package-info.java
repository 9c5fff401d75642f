/**
 * Conversations in Lucene; every Lucene type stays in here.
 */
@NullMarked
package io.reflectbatch.store.lucene;

import org.jspecify.annotations.NullMarked;
