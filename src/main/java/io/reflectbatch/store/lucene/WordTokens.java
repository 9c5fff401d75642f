package io.reflectbatch.store.lucene;

import io.reflectbatch.store.WordScanner;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text, for Lucene to index. To be consumed once.
 */
final class WordTokens extends TokenStream {

	private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

	private final WordScanner words;

	WordTokens(String text) {
		this.words = new WordScanner(text);
	}

	@Override
	public boolean incrementToken() {
		if (!this.words.next()) {
			return false;
		}
		clearAttributes();
		this.term.append(this.words.term());
		return true;
	}

}
