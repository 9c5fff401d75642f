package io.reflectbatch.bench.search;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			LATIN,    n\u00e3o perde a posi\u00e7\u00e3o
			HAN,      \u8bf7\u68c0\u67e5\u6570\u636e\u5e93\u8fde\u63a5 Redis
			KANA,     \u30d5\u30a1\u30a4\u30eb\u3092\u524a\u9664\u3057\u307e\u3057\u305f
			HANGUL,   \uac00\uc838\uc624\uae30 import
			CYRILLIC, \u043f\u0440\u043e\u0432\u0435\u0440\u044c \u0438\u043c\u043f\u043e\u0440\u0442
			OTHER,    12 + 34
			""")
	void tellsTheWritingOfMostLetters(Script script, String text) {
		assertThat(Script.of(text)).isEqualTo(script);
	}

}
