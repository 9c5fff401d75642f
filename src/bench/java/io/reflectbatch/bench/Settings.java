package io.reflectbatch.bench;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What is measured.
 */
final class Settings {

	@Option(names = "--mode")
	private Mode mode = Mode.PARITY;

	@Option(names = "--precision")
	private String precision = "int8";

	@Option(names = "--rounds")
	private int rounds;

	@Option(names = "--sample")
	private int sample = 2_000;

	@Option(names = "--logs")
	private @Nullable Path logs;

	@Option(names = "--only-reflect")
	private boolean onlyReflect;

	@Option(names = "--json")
	private boolean json;

	Mode mode() {
		return this.mode;
	}

	String precision() {
		return this.precision;
	}

	int rounds(Size size) {
		return (this.rounds > 0) ? this.rounds : size.rounds();
	}

	/**
	 * About how many texts others embed.
	 */
	int sample() {
		return this.sample;
	}

	@Nullable Path logs() {
		return this.logs;
	}

	boolean onlyReflect() {
		return this.onlyReflect;
	}

	boolean json() {
		return this.json;
	}

	String model() {
		return this.precision.equals("int8") ? "all-minilm-l6-v2-q" : "all-minilm-l6-v2";
	}

	/**
	 * How logs become texts.
	 */
	enum Mode {

		/** Ten messages a text, of which 128 tokens are embedded. */
		PARITY("jobs/import-parity.yaml", 128),

		/** All tokens, 256 a text at most. */
		WINDOWS("jobs/import.yaml", 256);

		private final String jobFile;

		private final int tokens;

		Mode(String jobFile, int tokens) {
			this.jobFile = jobFile;
			this.tokens = tokens;
		}

		String jobFile() {
			return this.jobFile;
		}

		int tokens() {
			return this.tokens;
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
