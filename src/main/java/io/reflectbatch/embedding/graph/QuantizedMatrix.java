package io.reflectbatch.embedding.graph;

/**
 * The matrix of a linear layer in 8 bits, as constants of a graph.
 *
 * @param layer the layer
 * @param values the name of the values
 * @param scales the name of the scales, one for each output
 */
record QuantizedMatrix(String layer, String values, String scales) {

}
