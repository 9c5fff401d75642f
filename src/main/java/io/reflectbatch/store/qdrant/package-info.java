/**
 * Conversations in Qdrant; every Qdrant type stays in here.
 */
@NullMarked
package io.reflectbatch.store.qdrant;

import org.jspecify.annotations.NullMarked;
