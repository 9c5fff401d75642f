package io.reflectbatch.store.qdrant;

import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.TextIndexParams;
import io.qdrant.client.grpc.Collections.TokenizerType;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import io.reflectbatch.store.Point;

/**
 * The index over the texts of a collection, by which Qdrant finds words. It changes no
 * point, no vector and no answer to the searches of others.
 */
final class TextIndex {

	/**
	 * As long as the words that {@link io.reflectbatch.store.WordScanner} finds.
	 */
	private static final int LONGEST_WORD = 64;

	private TextIndex() {
	}

	static CreateFieldIndexCollection create(String collection) {
		TextIndexParams words = TextIndexParams.newBuilder()
			.setTokenizer(TokenizerType.Multilingual)
			.setLowercase(true)
			.setMinTokenLen(1)
			.setMaxTokenLen(LONGEST_WORD)
			.setPhraseMatching(true)
			.setOnDisk(true)
			.build();
		return CreateFieldIndexCollection.newBuilder()
			.setCollectionName(collection)
			.setFieldName(Point.TEXT)
			.setFieldType(FieldType.FieldTypeText)
			.setFieldIndexParams(PayloadIndexParams.newBuilder().setTextIndexParams(words))
			.setWait(true)
			.build();
	}

}
