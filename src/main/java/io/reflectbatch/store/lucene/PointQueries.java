package io.reflectbatch.store.lucene;

import java.time.Instant;
import java.util.List;

import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.WordQuery;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a search.
 *
 * @param known all collections of the index
 */
record PointQueries(List<String> known) {

	Query matching(WordQuery words, PointFilter filter) {
		BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
		words.terms().forEach((term) -> query.add(new TermQuery(text(term)), Occur.SHOULD));
		words.compounds().forEach((compound) -> query.add(phrase(compound), Occur.SHOULD));
		Query restriction = restriction(filter);
		if (restriction != null) {
			query.add(restriction, Occur.FILTER);
		}
		return query.build();
	}

	/**
	 * Which documents a filter lets through. Nothing at all is faster than everything.
	 */
	@Nullable Query restriction(PointFilter filter) {
		BooleanQuery.Builder restriction = new BooleanQuery.Builder();
		if (!filter.collections().containsAll(this.known)) {
			restriction.add(new TermInSetQuery(PointDocuments.COLLECTION,
					filter.collections().stream().map(BytesRef::new).toList()), Occur.FILTER);
		}
		if (filter.since() != null || filter.until() != null) {
			restriction.add(between(filter.since(), filter.until()), Occur.FILTER);
		}
		filter.phrases().forEach((phrase) -> restriction.add(phrase(phrase), Occur.FILTER));
		BooleanQuery built = restriction.build();
		return built.clauses().isEmpty() ? null : built;
	}

	private static Query between(@Nullable Instant since, @Nullable Instant until) {
		long first = (since != null) ? since.toEpochMilli() : Long.MIN_VALUE;
		long last = (until != null) ? until.toEpochMilli() - 1 : Long.MAX_VALUE;
		return LongPoint.newRangeQuery(PointDocuments.TIME, first, last);
	}

	private static Query phrase(WordQuery.Phrase phrase) {
		PhraseQuery.Builder words = new PhraseQuery.Builder();
		phrase.terms().forEach((term) -> words.add(text(term)));
		return words.build();
	}

	private static Term text(String term) {
		return new Term(PointDocuments.TEXT, term);
	}

}
