/**
 * Starts the application, nothing else.
 */
@NullMarked
package io.reflectbatch;

import org.jspecify.annotations.NullMarked;
