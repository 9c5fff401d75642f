package io.reflectbatch.importing;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How log messages are written.
 *
 * @param format for whom
 */
public record LogProperties(@DefaultValue("text") Format format) {

	/**
	 * For whom log messages are written.
	 */
	public enum Format {

		/**
		 * For people.
		 */
		TEXT,

		/**
		 * For programs: one JSON document a line.
		 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common
		 * Schema</a>
		 */
		ECS

	}

}
