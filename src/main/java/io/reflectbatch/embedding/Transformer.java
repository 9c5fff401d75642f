package io.reflectbatch.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The neural network: one ONNX Runtime session, shared by all threads.
 * <p>
 * Every call runs one text, unpadded, on the calling thread. Measured on two cores, two
 * threads doing so embed twice as many texts as batches of ten do, in a third of the
 * memory; and the fused graph, which is faster still, has no attention mask and so no
 * idea of padding.
 */
final class Transformer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Transformer.class);

	private final OrtEnvironment environment;

	private final OrtSession session;

	/**
	 * The attention mask of the longest text; shorter ones use its beginning.
	 */
	private final LongBuffer ones;

	private final LongBuffer zeros;

	private final Set<String> inputs;

	private final String output;

	private final Pooling pooling;

	private Transformer(OrtEnvironment environment, OrtSession session, Pooling pooling, int maximumTokens)
			throws OrtException {
		this.environment = environment;
		this.session = session;
		this.pooling = pooling;
		this.ones = directBuffer(maximumTokens);
		this.zeros = directBuffer(maximumTokens);
		for (int i = 0; i < maximumTokens; i++) {
			this.ones.put(i, 1);
		}
		this.inputs = session.getInputNames();
		this.output = output(session);
	}

	/**
	 * A graph may have more outputs, such as what BERT calls the pooled one. What we call
	 * the embedding is made of the vectors of the tokens, where it has those.
	 */
	private static String output(OrtSession session) throws OrtException {
		for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
			if (output.getValue().getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 3) {
				return output.getKey();
			}
		}
		return session.getOutputNames().iterator().next();
	}

	/**
	 * Opens the fused graph, or the shipped one where the runtime lacks the operators of
	 * the fused one: they are no part of the ONNX standard, and somebody's own build of
	 * the runtime may have been made without them.
	 * @param fused the file; a path rather than its bytes, of which the JVM would keep a
	 * copy
	 * @param shipped the file to fall back to
	 * @param maximumTokens the length of the longest text
	 */
	static Transformer open(Path fused, Supplier<Path> shipped, int maximumTokens) {
		try {
			return openGraph(fused, Pooling.MEAN, maximumTokens);
		}
		catch (OrtException ex) {
			if (!isMissingOperator(ex)) {
				throw cannotLoad(fused, ex);
			}
			logger.warn("This ONNX Runtime lacks operators of our model: {}. The 32-bit model is used as it was "
					+ "published, which needs more time and memory.", ex.getMessage());
			return open(shipped.get(), Pooling.MEAN, maximumTokens);
		}
	}

	/**
	 * Opens a graph as it was published.
	 * @param graph the file
	 * @param pooling how the vectors of the tokens become one, if it does not do that
	 * itself
	 * @param maximumTokens the length of the longest text
	 */
	static Transformer open(Path graph, Pooling pooling, int maximumTokens) {
		try {
			return openGraph(graph, pooling, maximumTokens);
		}
		catch (OrtException ex) {
			throw cannotLoad(graph, ex);
		}
	}

	private static Transformer openGraph(Path graph, Pooling pooling, int maximumTokens) throws OrtException {
		try {
			// First of all: whatever else of ONNX Runtime is used before it crashes the
			// JVM.
			OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
			environment.setTelemetry(false);
			return new Transformer(environment, createSession(environment, graph), pooling, maximumTokens);
		}
		catch (RuntimeException | LinkageError ex) {
			throw cannotLoad(graph, ex);
		}
	}

	/**
	 * An operator that is unknown has no error code of its own.
	 */
	private static boolean isMissingOperator(OrtException failure) {
		return failure.getCode() == OrtException.OrtErrorCode.ORT_NOT_IMPLEMENTED
				|| Objects.requireNonNullElse(failure.getMessage(), "").contains("is not a registered function/op");
	}

	private static EmbeddingException cannotLoad(Path graph, Throwable cause) {
		return new EmbeddingException(("Cannot load the embedding model %s: %s. Its native library must be loadable: a "
				+ "file system mounted noexec, or a Linux without glibc (Alpine), refuses it; and java.io.tmpdir "
				+ "(%s) must be a writable directory.")
			.formatted(graph, cause, System.getProperty("java.io.tmpdir")), cause);
	}

	private static OrtSession createSession(OrtEnvironment environment, Path graph) throws OrtException {
		try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
			options.setIntraOpNumThreads(1);
			options.setInterOpNumThreads(1);
			options.addConfigEntry("session.intra_op.allow_spinning", "0");
			// Without VNNI, sums of 8-bit products would be cut off at 16 bits, and so
			// vectors depend on the processor. Our own graph has weights with which none
			// is; others may not.
			options.addConfigEntry("session.x64quantprecision", "1");
			return environment.createSession(graph.toString(), options);
		}
	}

	/**
	 * Runs the network.
	 * @param ids the tokens of one text
	 * @return the embedding, of length one
	 */
	float[] run(long[] ids) {
		Map<String, OnnxTensor> tensors = new HashMap<>();
		try {
			for (String input : this.inputs) {
				tensors.put(input,
						OnnxTensor.createTensor(this.environment, values(input, ids), new long[] { 1, ids.length }));
			}
			try (OrtSession.Result result = this.session.run(tensors, Set.of(this.output))) {
				return embedding((OnnxTensor) result.get(0));
			}
		}
		catch (OrtException ex) {
			throw new EmbeddingException(
					"The embedding model failed on a text of %d tokens: %s. If memory is short, use fewer "
						.formatted(ids.length, ex.getMessage()) + "workers or a smaller limit of tokens.",
					ex);
		}
		finally {
			tensors.values().forEach(OnnxTensor::close);
		}
	}

	private LongBuffer values(String input, long[] ids) {
		return switch (input) {
			case "input_ids" -> directBuffer(ids.length).put(ids).flip();
			case "attention_mask" -> this.ones.slice(0, ids.length);
			default -> this.zeros.slice(0, ids.length);
		};
	}

	/**
	 * The names of the inputs.
	 */
	Set<String> inputs() {
		return this.inputs;
	}

	/**
	 * The fused graph ends with the embedding, a published one with the vectors of the
	 * tokens, or with an embedding that may have another length than one: there is one
	 * vector to be pooled then.
	 */
	private float[] embedding(OnnxTensor output) {
		long[] shape = output.getInfo().getShape();
		if (shape.length == 3) {
			return this.pooling.pool(output.getFloatBuffer(), (int) shape[2]);
		}
		float[] embedding = new float[(int) shape[1]];
		output.getFloatBuffer().get(embedding);
		return embedding;
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
