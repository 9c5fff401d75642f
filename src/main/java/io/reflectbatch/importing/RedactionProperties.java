package io.reflectbatch.importing;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is left out of the texts before they are embedded and stored.
 *
 * @param enabled whether secrets that are known by their shape are replaced, which the
 * reference does not do
 */
public record RedactionProperties(@DefaultValue("true") boolean enabled) {

}
