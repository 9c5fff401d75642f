package io.reflectbatch.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/**
 * The neural network: one ONNX Runtime session, shared by all threads.
 * <p>
 * Every call runs one text, unpadded, on the calling thread. Measured on two cores, two
 * threads doing so embed twice as many texts as batches of ten do, in a third of the
 * memory; and the int8 model scales its activations by what is in a call, so that in a
 * batch a vector would depend on its neighbours.
 */
final class Transformer implements AutoCloseable {

	private final OrtEnvironment environment;

	private final OrtSession session;

	/**
	 * The attention mask of the longest text; shorter ones use its beginning.
	 */
	private final LongBuffer ones;

	private final LongBuffer zeros;

	private final String output;

	private Transformer(OrtEnvironment environment, OrtSession session, int maximumTokens) {
		this.environment = environment;
		this.session = session;
		this.ones = directBuffer(maximumTokens);
		this.zeros = directBuffer(maximumTokens);
		for (int i = 0; i < maximumTokens; i++) {
			this.ones.put(i, 1);
		}
		// The names differ between the models, and a pooled output may follow.
		this.output = session.getOutputNames().iterator().next();
	}

	/**
	 * Opens a graph.
	 * @param graph the file; a path rather than its bytes, of which the JVM would keep a
	 * copy
	 * @param maximumTokens the length of the longest text
	 */
	static Transformer open(Path graph, int maximumTokens) {
		try {
			// First of all: whatever else of ONNX Runtime is used before it crashes the
			// JVM.
			OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
			environment.setTelemetry(false);
			return new Transformer(environment, createSession(environment, graph), maximumTokens);
		}
		catch (OrtException | RuntimeException | LinkageError ex) {
			throw new EmbeddingException(
					("Cannot load the embedding model %s: %s. Its native library must be loadable: a "
							+ "file system mounted noexec, or a Linux without glibc (Alpine), refuses it; and java.io.tmpdir "
							+ "(%s) must be a writable directory.")
						.formatted(graph, ex, System.getProperty("java.io.tmpdir")),
					ex);
		}
	}

	private static OrtSession createSession(OrtEnvironment environment, Path graph) throws OrtException {
		try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
			options.setIntraOpNumThreads(1);
			options.setInterOpNumThreads(1);
			options.addConfigEntry("session.intra_op.allow_spinning", "0");
			return environment.createSession(graph.toString(), options);
		}
	}

	/**
	 * Runs the network.
	 * @param ids the tokens of one text
	 * @return the vectors of the tokens, one after the other
	 */
	FloatBuffer run(long[] ids) {
		long[] shape = { 1, ids.length };
		try (OnnxTensor tokens = OnnxTensor.createTensor(this.environment, directBuffer(ids.length).put(ids).flip(),
				shape);
				OnnxTensor mask = OnnxTensor.createTensor(this.environment, this.ones.slice(0, ids.length), shape);
				OnnxTensor types = OnnxTensor.createTensor(this.environment, this.zeros.slice(0, ids.length), shape);
				OrtSession.Result result = this.session.run(
						Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types),
						Set.of(this.output))) {
			return ((OnnxTensor) result.get(0)).getFloatBuffer();
		}
		catch (OrtException ex) {
			throw new EmbeddingException(
					"The embedding model failed on a text of %d tokens: %s. If memory is short, use fewer "
						.formatted(ids.length, ex.getMessage()) + "workers or a smaller limit of tokens.",
					ex);
		}
	}

	private static LongBuffer directBuffer(int length) {
		return ByteBuffer.allocateDirect(length * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
	}

	@Override
	public void close() {
		try {
			this.session.close();
		}
		catch (OrtException ex) {
			throw new EmbeddingException("Cannot close the embedding model: " + ex.getMessage(), ex);
		}
	}

}
