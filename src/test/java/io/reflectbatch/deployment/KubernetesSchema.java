package io.reflectbatch.deployment;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * What the API server accepts, as the models of the official Java client have it. They
 * are generated from the API's own description: the fields that there are, those that
 * must be there, and their types.
 */
final class KubernetesSchema {

	private static final String MODELS = "io.kubernetes.client.openapi.models.";

	private static final String CUSTOM = "io.kubernetes.client.custom.";

	private final List<String> violations = new ArrayList<>();

	private KubernetesSchema() {
	}

	/**
	 * Returns what is wrong with a manifest, with the place.
	 */
	static List<String> violations(JsonNode manifest) {
		KubernetesSchema schema = new KubernetesSchema();
		schema.checkObject(manifest.path("kind").asString(), manifest, model(manifest));
		return schema.violations;
	}

	// apps/v1 StatefulSet is V1StatefulSet, as v1 Service is V1Service.
	private static Class<?> model(JsonNode manifest) {
		String version = manifest.path("apiVersion").asString().replaceFirst(".*/", "");
		String name = Character.toUpperCase(version.charAt(0)) + version.substring(1)
				+ manifest.path("kind").asString();
		try {
			return Class.forName(MODELS + name);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError("Kubernetes has no " + name, ex);
		}
	}

	private void check(String place, JsonNode value, Type type) {
		if (type instanceof ParameterizedType generic) {
			checkCollection(place, value, generic);
			return;
		}
		Class<?> expected = (Class<?>) type;
		if (expected.getName().startsWith(MODELS)) {
			checkObject(place, value, expected);
		}
		else if (!isA(value, expected)) {
			this.violations.add("%s: %s is no %s".formatted(place, value, expected.getSimpleName()));
		}
	}

	private void checkCollection(String place, JsonNode value, ParameterizedType type) {
		Type[] arguments = type.getActualTypeArguments();
		if (type.getRawType() == List.class && value.isArray()) {
			for (int index = 0; index < value.size(); index++) {
				check(place + "[" + index + "]", value.get(index), arguments[0]);
			}
		}
		else if (type.getRawType() == Map.class && value.isObject()) {
			value.properties().forEach((entry) -> check(place + "." + entry.getKey(), entry.getValue(), arguments[1]));
		}
		else {
			this.violations.add("%s: %s is no %s".formatted(place, value, type));
		}
	}

	private void checkObject(String place, JsonNode value, Class<?> model) {
		if (!value.isObject()) {
			this.violations.add("%s: %s is no %s".formatted(place, value, model.getSimpleName()));
			return;
		}
		Set<?> known = names(model, "openapiFields");
		value.properties().forEach((entry) -> {
			if (known.contains(entry.getKey())) {
				check(place + "." + entry.getKey(), entry.getValue(), type(model, entry.getKey()));
			}
			else {
				this.violations.add("%s: there is no %s in %s".formatted(place, entry.getKey(), model.getSimpleName()));
			}
		});
		names(model, "openapiRequiredFields").stream()
			.filter((required) -> !value.has((String) required))
			.forEach((required) -> this.violations.add("%s: %s is missing".formatted(place, required)));
	}

	private static Set<?> names(Class<?> model, String constant) {
		try {
			return (Set<?>) model.getField(constant).get(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new LinkageError(model + " is not generated as expected", ex);
		}
	}

	private static Type type(Class<?> model, String name) {
		for (Field field : model.getDeclaredFields()) {
			// A word of Java has an underscore before it.
			if (field.getName().equals(name) || field.getName().equals("_" + name)) {
				return field.getGenericType();
			}
		}
		throw new AssertionError(model + " has no field " + name);
	}

	private static boolean isA(JsonNode value, Class<?> type) {
		return switch (type.getName()) {
			case "java.lang.String", "java.time.OffsetDateTime" -> value.isString();
			case "java.lang.Boolean" -> value.isBoolean();
			case "java.lang.Integer", "java.lang.Long" -> value.isIntegralNumber();
			case "java.lang.Double" -> value.isNumber();
			case CUSTOM + "IntOrString" -> value.isString() || value.isIntegralNumber();
			case CUSTOM + "Quantity" -> value.isNumber() || value.asString("").matches("[0-9.]+([KMGT]i|[mkMGT])?");
			default -> throw new AssertionError("Not known how to check a " + type);
		};
	}

}
