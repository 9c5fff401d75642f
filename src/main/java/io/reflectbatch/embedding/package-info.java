/**
 * Turns text into vectors: tokenizer, ONNX session, pooling.
 */
@ApplicationModule(allowedDependencies = "conversation")
@NullMarked
package io.reflectbatch.embedding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
