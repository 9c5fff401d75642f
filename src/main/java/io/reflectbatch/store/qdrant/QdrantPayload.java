package io.reflectbatch.store.qdrant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in Qdrant's form and back.
 */
final class QdrantPayload {

	private QdrantPayload() {
	}

	static Map<String, Value> toQdrant(Map<?, ?> payload) {
		Map<String, Value> values = new LinkedHashMap<>();
		payload.forEach((key, value) -> values.put(key.toString(), toQdrant(value)));
		return values;
	}

	private static Value toQdrant(Object value) {
		return switch (value) {
			case String text -> ValueFactory.value(text);
			case Integer number -> ValueFactory.value(number.longValue());
			case Long number -> ValueFactory.value(number.longValue());
			case Double number -> ValueFactory.value(number.doubleValue());
			case Boolean flag -> ValueFactory.value(flag.booleanValue());
			case List<?> list -> ValueFactory.list(list.stream().map(QdrantPayload::toQdrant).toList());
			case Map<?, ?> object -> ValueFactory.value(toQdrant(object));
			default -> throw new IllegalArgumentException(value.getClass().getName() + " in a payload; see Point");
		};
	}

	/**
	 * Reads a payload, also one that another program has written: what is null is left
	 * out, in lists and objects as well.
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
			case LIST_VALUE -> fromQdrant(value.getListValue().getValuesList());
			case NULL_VALUE, KIND_NOT_SET -> null;
		};
	}

	private static List<?> fromQdrant(List<Value> values) {
		return values.stream().map(QdrantPayload::fromQdrant).filter(Objects::nonNull).toList();
	}

	private static Object fromQdrant(long number) {
		if (number == (int) number) {
			return (int) number;
		}
		return number;
	}

}
