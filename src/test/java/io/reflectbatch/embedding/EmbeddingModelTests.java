package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.reflectbatch.embedding.graph.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EmbeddingModelTests {

	private static final int DIMENSION = 16;

	@TempDir
	Path directory;

	private Path model = Path.of("");

	@BeforeEach
	void writeModel() throws IOException {
		this.model = TinyModel.write(this.directory.resolve("tiny"), DIMENSION, 1);
	}

	@Test
	void theModelThatComesWithTheApplicationIsTheDefault() {
		EmbeddingModel bundled = EmbeddingModel
			.of(new EmbeddingProperties(Precision.INT8, 256, DataSize.ofBytes(0), null));
		assertThat(bundled.recipe()).isEqualTo("all-minilm-l6-v2/int8-fused-3/256");
		assertThat(bundled.tokenizer()).isEmpty();
		assertThat(bundled.knows(UnicodeScript.LATIN)).isTrue();
		assertThat(bundled.knows(UnicodeScript.HAN)).isFalse();
	}

	@Test
	void namesItsVectorsAfterEverythingThatMakesThem() throws IOException {
		String family = model(settings(Pooling.MEAN, "", 512)).family();
		assertThat(family).matches("tiny_16_[0-9a-f]{8}").isEqualTo(model(settings(Pooling.MEAN, "", 64)).family());
		assertThat(model(settings(Pooling.CLS, "", 512)).family()).isNotEqualTo(family);
		assertThat(model(settings(Pooling.MEAN, "passage: ", 512)).family()).isNotEqualTo(family);
		TinyModel.write(this.model, DIMENSION, 2);
		assertThat(model(settings(Pooling.MEAN, "", 512)).family()).isNotEqualTo(family);
	}

	@Test
	void poolsAsItIsTold() {
		try (Embedder mean = model(settings(Pooling.MEAN, "", 512)).open(this.directory);
				Embedder first = model(settings(Pooling.CLS, "", 512)).open(this.directory)) {
			assertThat(mean.embed("ab").vector()).hasSize(DIMENSION).isNotEqualTo(mean.embed("cd").vector());
			assertThat(first.embed("ab").vector()).hasSize(DIMENSION).isEqualTo(first.embed("cd").vector());
		}
	}

	@Test
	void putsAPrefixBeforeATextAndAnotherOneBeforeAQuestion() {
		ModelProperties prefixed = new ModelProperties("tiny", this.model.toString(), DIMENSION, Pooling.MEAN, "q: ",
				"p: ", 64, List.of());
		try (Embedder plain = model(settings(Pooling.MEAN, "", 64)).open(this.directory);
				Embedder embedder = model(prefixed).open(this.directory)) {
			assertThat(embedder.embed("abc").vector()).isEqualTo(plain.embed("p: abc").vector());
			assertThat(embedder.embedQuestion("abc").vector()).isEqualTo(plain.embed("q: abc").vector());
			assertThat(embedder.embed("abc").tokens()).isEqualTo(3);
			assertThat(embedder.embed("a ".repeat(100)).tokens()).isEqualTo(30);
			assertThat(embedder.embedWhole("a ".repeat(100)).tokens()).isEqualTo(60);
		}
	}

	@Test
	void comesFromAJarAsMavenHasThem() throws IOException {
		Path jar = this.directory.resolve("tiny.jar");
		try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (String name : List.of("model.onnx", "tokenizer.json")) {
				zip.putNextEntry(new ZipEntry("tiny-" + name));
				Files.copy(this.model.resolve(name), zip);
			}
		}
		EmbeddingModel inJar = model(settings(jar.toString()));
		assertThat(inJar.family()).isEqualTo(model(settings(this.model.toString())).family());
		try (Embedder embedder = inJar.open(this.directory.resolve("home"))) {
			assertThat(embedder.embed("ab").vector()).hasSize(DIMENSION);
			assertThat(this.directory.resolve("home/model")).isNotEmptyDirectory();
		}
	}

	@Test
	void saysHowToFetchWhatMavenHasNotFetched() {
		assertThatExceptionOfType(ModelSettingException.class)
			.isThrownBy(() -> model(settings("io.reflectbatch.test:no-model:1.0")))
			.withMessageStartingWith(
					"reflect.embedding.model.location is 'io.reflectbatch.test:no-model:1.0', which is not there")
			.withMessageContaining("no-model-1.0.jar; expected a directory with model.onnx and tokenizer.json")
			.withMessageEndingWith(
					"mvn dependency:get -Dtransitive=false -Dartifact=io.reflectbatch.test:no-model:1.0");
	}

	@Test
	void saysWhatADirectoryLacks() throws IOException {
		Files.delete(this.model.resolve("tokenizer.json"));
		assertThatExceptionOfType(ModelSettingException.class).isThrownBy(() -> model(settings(this.model.toString())))
			.withMessageContaining("which has no tokenizer.json; expected a directory");
	}

	@Test
	void findsThatItsVectorsHaveAnotherDimension() {
		ModelProperties wrong = new ModelProperties("tiny", this.model.toString(), 384, Pooling.MEAN, "", "", 512,
				List.of());
		assertThatExceptionOfType(ModelSettingException.class).isThrownBy(() -> model(wrong).open(this.directory))
			.withMessage(
					"reflect.embedding.model.dimension is 384, but the vectors of tiny have 16 values; expected 16");
	}

	@Test
	void refusesTextsThatDoNotFit() {
		ModelProperties small = settings(Pooling.MEAN, "abc: ", 32);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new EmbeddingProperties(Precision.INT8, 64, DataSize.ofBytes(0), small))
			.withMessageStartingWith("reflect.embedding.tokens is 64; expected at most 32, which is what tiny takes");
		assertThatExceptionOfType(ModelSettingException.class).isThrownBy(() -> model(small).open(this.directory))
			.withMessageStartingWith("reflect.embedding.tokens is 32; expected at most 28, since tiny takes 32")
			.withMessageEndingWith("and 4 of them are the prefix 'abc: '");
	}

	private ModelProperties settings(String location) {
		return new ModelProperties("tiny", location, DIMENSION, Pooling.MEAN, "", "", 512, List.of());
	}

	private ModelProperties settings(Pooling pooling, String passagePrefix, int maxTokens) {
		return new ModelProperties("tiny", this.model.toString(), DIMENSION, pooling, "", passagePrefix, maxTokens,
				List.of());
	}

	private static EmbeddingModel model(ModelProperties settings) {
		return EmbeddingModel.of(new EmbeddingProperties(Precision.INT8, 32, DataSize.ofBytes(0), settings));
	}

}
