package io.reflectbatch.store.qdrant;

import java.time.Instant;

import com.google.protobuf.Timestamp;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.WordQuery;
import org.jspecify.annotations.Nullable;

/**
 * What a search looks at, in Qdrant's form.
 */
final class QdrantFilters {

	private QdrantFilters() {
	}

	static Filter of(PointFilter filter) {
		Filter.Builder conditions = Filter.newBuilder();
		if (filter.since() != null || filter.until() != null) {
			conditions
				.addMust(ConditionFactory.datetimeRange(Point.TIMESTAMP, between(filter.since(), filter.until())));
		}
		for (WordQuery.Phrase phrase : filter.phrases()) {
			conditions.addMust(ConditionFactory.matchPhrase(Point.TEXT, phrase.text()));
		}
		return conditions.build();
	}

	private static DatetimeRange between(@Nullable Instant since, @Nullable Instant until) {
		DatetimeRange.Builder range = DatetimeRange.newBuilder();
		if (since != null) {
			range.setGte(timestamp(since));
		}
		if (until != null) {
			range.setLt(timestamp(until));
		}
		return range.build();
	}

	private static Timestamp timestamp(Instant instant) {
		return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).setNanos(instant.getNano()).build();
	}

}
