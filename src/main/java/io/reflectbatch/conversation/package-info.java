/**
 * The vocabulary of conversation logs and their format: messages, chunks, the streaming
 * JSONL reader and the chunking strategies. Knows nothing of Spring.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.reflectbatch.conversation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
