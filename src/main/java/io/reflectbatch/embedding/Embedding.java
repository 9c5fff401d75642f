package io.reflectbatch.embedding;

/**
 * The vector of a text.
 *
 * @param vector its components; of length one
 * @param tokens the number of tokens that the model has seen, without [CLS] and [SEP]
 * @param textTokens the number of tokens that the text has; more if it was cut off
 */
public record Embedding(float[] vector, int tokens, int textTokens) {

}
