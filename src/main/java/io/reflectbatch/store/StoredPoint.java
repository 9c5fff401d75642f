package io.reflectbatch.store;

import java.util.Map;

/**
 * A point without its vector.
 *
 * @param id its id
 * @param payload its payload, see {@link Point#payload()}
 */
public record StoredPoint(long id, Map<String, Object> payload) {

}
