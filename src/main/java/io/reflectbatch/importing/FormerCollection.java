package io.reflectbatch.importing;

import org.jspecify.annotations.Nullable;

/**
 * A collection of a model that was in use before.
 *
 * @param name the name of the collection
 * @param model the family of the model
 * @param project the project whose conversations it holds; null if the ledger does not
 * know it, so that it may be somebody else's
 * @param shared whether the Python importer writes to such collections as well
 */
public record FormerCollection(String name, String model, @Nullable String project, boolean shared) {

}
