package io.reflectbatch.store.qdrant;

import java.util.LinkedHashMap;
import java.util.Map;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in Qdrant's form and back.
 */
final class QdrantPayload {

	private QdrantPayload() {
	}

	static Map<String, Value> toQdrant(Map<String, Object> payload) {
		Map<String, Value> values = new LinkedHashMap<>();
		payload.forEach((key, value) -> values.put(key, toQdrant(value)));
		return values;
	}

	private static Value toQdrant(Object value) {
		return switch (value) {
			case String text -> ValueFactory.value(text);
			case Integer number -> ValueFactory.value(number.longValue());
			case Long number -> ValueFactory.value(number.longValue());
			case Boolean flag -> ValueFactory.value(flag.booleanValue());
			default -> throw new IllegalArgumentException(
					value.getClass().getName() + " in a payload; a Point holds String, Integer, Long or Boolean");
		};
	}

	/**
	 * Reads a payload, also one that another program has written: what is null is left
	 * out.
	 */
	static Map<String, Object> fromQdrant(Map<String, Value> values) {
		Map<String, Object> payload = new LinkedHashMap<>();
		values.forEach((key, value) -> {
			Object converted = fromQdrant(value);
			if (converted != null) {
				payload.put(key, converted);
			}
		});
		return payload;
	}

	private static @Nullable Object fromQdrant(Value value) {
		return switch (value.getKindCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INTEGER_VALUE -> fromQdrant(value.getIntegerValue());
			case BOOL_VALUE -> value.getBoolValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case STRUCT_VALUE -> fromQdrant(value.getStructValue().getFieldsMap());
			case LIST_VALUE -> value.getListValue().getValuesList().stream().map(QdrantPayload::fromQdrant).toList();
			case NULL_VALUE, KIND_NOT_SET -> null;
		};
	}

	private static Object fromQdrant(long number) {
		if (number == (int) number) {
			return (int) number;
		}
		return number;
	}

}
