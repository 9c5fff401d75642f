package io.reflectbatch.conversation;

import java.lang.Character.UnicodeScript;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WritingTests {

	@ParameterizedTest
	@CsvSource({ "how do I stop a running container,", "por que a compilação falhou e não há função,",
			"如何停止正在运行的容器, HAN", "실행 중인 컨테이너를 어떻게 멈추나요, HANGUL", "как остановить запущенный контейнер, CYRILLIC",
			"コンテナをどうやってとめるの, HIRAGANA", "用 docker stop 停止 container 就可以了, HAN", "run docker ps and docker stop 容器,",
			"0123456789 {}[]," })
	void findsTheScriptThatMostIsWrittenInUnlessItIsKnown(String text, @Nullable UnicodeScript script) {
		assertThat(unknown(text.repeat(20))).isEqualTo(Optional.ofNullable(script));
	}

	@Test
	void nothingIsSaidOfAFewLetters() {
		assertThat(unknown("如何停止")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "leap year, 1", "闰年, 0", "GC 闰年, 0.25", "12.5 %, 1", "високосный год, 0" })
	void tellsHowMuchIsWrittenInKnownScripts(String text, double share) {
		Writing writing = new Writing();
		writing.add(text);
		assertThat(writing.knownShare((script) -> script == UnicodeScript.LATIN)).isEqualTo(share);
	}

	@Test
	void everythingIsKnownToAModelOfAllLanguages() {
		Writing writing = new Writing();
		writing.add("如何停止正在运行的容器".repeat(20));
		assertThat(writing.mostlyUnknown((script) -> true)).isEmpty();
	}

	private static Optional<UnicodeScript> unknown(String text) {
		Writing writing = new Writing();
		writing.add(text);
		return writing.mostlyUnknown((script) -> script == UnicodeScript.LATIN);
	}

}
