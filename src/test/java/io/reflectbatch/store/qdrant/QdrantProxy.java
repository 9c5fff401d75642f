package io.reflectbatch.store.qdrant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a Qdrant and passes every gRPC call on, unless it is told to answer with
 * an error or not at all.
 */
public final class QdrantProxy implements AutoCloseable {

	private final ManagedChannel qdrant;

	private final Server server;

	private final AtomicInteger refused = new AtomicInteger();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private volatile @Nullable Status error;

	private volatile boolean silent;

	private QdrantProxy(int grpcPort) throws IOException {
		this.qdrant = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
		this.server = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), 0))
			.fallbackHandlerRegistry(new EveryMethod())
			.build()
			.start();
	}

	/**
	 * Starts a proxy.
	 * @param server what it stands before
	 */
	public static QdrantProxy before(QdrantServer server) throws IOException {
		return new QdrantProxy(server.grpcPort());
	}

	/**
	 * Returns the gRPC port.
	 */
	public int grpcPort() {
		return this.server.getPort();
	}

	/**
	 * From now on, answers every call with an error.
	 */
	public void fail(Status status) {
		this.error = status;
	}

	/**
	 * From now on, takes calls and does not answer.
	 */
	public void keepSilent() {
		this.silent = true;
	}

	/**
	 * From now on, passes calls on again.
	 */
	public void recover() {
		this.error = null;
		this.silent = false;
	}

	/**
	 * Returns how many calls it did not pass on.
	 */
	public int refused() {
		return this.refused.get();
	}

	/**
	 * Returns the names of the methods that were called, such as {@code Delete}.
	 */
	public List<String> calls() {
		return List.copyOf(this.calls);
	}

	private void call(MethodDescriptor<byte[], byte[]> method, byte[] request, StreamObserver<byte[]> response) {
		this.calls.add(String.valueOf(method.getBareMethodName()));
		Status status = this.error;
		if (status != null || this.silent) {
			this.refused.incrementAndGet();
		}
		if (status != null) {
			response.onError(status.asRuntimeException());
		}
		else if (!this.silent) {
			ClientCalls.asyncUnaryCall(this.qdrant.newCall(method, CallOptions.DEFAULT), request, response);
		}
	}

	@Override
	public void close() {
		this.server.shutdownNow();
		this.qdrant.shutdownNow();
	}

	private final class EveryMethod extends HandlerRegistry {

		@Override
		public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
			MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
				.setType(MethodDescriptor.MethodType.UNARY)
				.setFullMethodName(name)
				.setRequestMarshaller(new Bytes())
				.setResponseMarshaller(new Bytes())
				.build();
			return ServerMethodDefinition.create(method,
					ServerCalls.asyncUnaryCall((request, response) -> call(method, request, response)));
		}

	}

	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] message) {
			return new ByteArrayInputStream(message);
		}

		@Override
		public byte[] parse(InputStream message) {
			try {
				return message.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
