/**
 * Where the meters of a run go: into a file for Prometheus, to an OpenTelemetry
 * collector, or nowhere. Knows nothing of what is measured.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.reflectbatch.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
