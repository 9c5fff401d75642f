package io.reflectbatch.store;

import java.util.Locale;

import io.reflectbatch.store.qdrant.QdrantSettings;
import jakarta.validation.Valid;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the points go.
 *
 * @param type which store
 * @param qdrant where Qdrant is
 */
public record StoreProperties(@DefaultValue("lucene") Type type, @Valid @DefaultValue QdrantSettings qdrant) {

	/**
	 * The stores there are.
	 */
	public enum Type {

		/**
		 * Embedded, in the data directory.
		 */
		LUCENE,

		/**
		 * A Qdrant server.
		 */
		QDRANT

	}

	/**
	 * Names the kind of store: {@code lucene} or {@code qdrant}.
	 */
	public String kind() {
		return this.type.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Names the store for people and for the parameters of an execution, without secrets.
	 */
	public String name() {
		return (this.type == Type.QDRANT) ? "qdrant at " + this.qdrant.url() : kind();
	}

}
