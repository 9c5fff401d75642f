package io.reflectbatch.store.qdrant;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import io.qdrant.client.MetadataCredentials;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/**
 * A channel to one Qdrant, with a deadline for every call and more tries for those that
 * failed and may be repeated. Nothing is connected before the first call.
 * <p>
 * It uses the generated stubs of the official client, not its {@code QdrantClient}: that
 * one logs every failure with a stack trace, also those that the next try makes good, and
 * keeps no hold of the channel's own back-off.
 */
final class QdrantConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(QdrantConnection.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(200);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);

	private static final Duration MOMENT = Duration.ofSeconds(2);

	/**
	 * Failures in a row that nobody needs to hear of.
	 */
	private static final int PASSING = 3;

	private static final Duration JITTER = Duration.ofMillis(100);

	private static final Duration END_OF_CHANNEL = Duration.ofSeconds(5);

	/** Found points come with their text; gRPC's own limit is 4 MB. */
	private static final int LARGEST_ANSWER = 256 * 1024 * 1024;

	private final QdrantSettings settings;

	private final QdrantErrors errors;

	private final ManagedChannel channel;

	private final RetryTemplate retries;

	private final RetryTemplate fewRetries;

	private final AtomicBoolean outage = new AtomicBoolean();

	private volatile boolean retrying = true;

	QdrantConnection(QdrantSettings settings) {
		this.settings = settings;
		this.errors = new QdrantErrors(settings);
		this.channel = open(settings);
		this.retries = retries(settings.retryFor());
		this.fewRetries = retries(MOMENT);
		warnOfReadableKey();
	}

	private static ManagedChannel open(QdrantSettings settings) {
		ManagedChannelBuilder<?> builder = ManagedChannelBuilder.forAddress(settings.host(), settings.port())
			.maxInboundMessageSize(LARGEST_ANSWER);
		return (settings.encrypted() ? builder.useTransportSecurity() : builder.usePlaintext()).build();
	}

	private RetryTemplate retries(Duration retryFor) {
		RetryTemplate template = new RetryTemplate(RetryPolicy.builder()
			.predicate((failure) -> this.retrying && QdrantErrors.isTransient(failure))
			.maxRetries(Long.MAX_VALUE)
			.timeout(retryFor)
			.delay(FIRST_DELAY)
			.multiplier(2)
			.maxDelay(LONGEST_DELAY)
			.jitter(JITTER)
			.build());
		template.setRetryListener(new Reconnect());
		return template;
	}

	private void warnOfReadableKey() {
		if (this.settings.apiKey() != null && !this.settings.encrypted() && !isLoopback(this.settings.host())) {
			logger.warn("The Qdrant API key is sent to {} without encryption; use https:// in QDRANT_URL",
					this.settings.address());
		}
	}

	private static boolean isLoopback(String host) {
		try {
			return InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	PointsBlockingStub points() {
		return prepared(PointsGrpc.newBlockingStub(this.channel));
	}

	CollectionsBlockingStub collections() {
		return prepared(CollectionsGrpc.newBlockingStub(this.channel));
	}

	/**
	 * The deadline counts from here, so every try needs a stub of its own.
	 */
	private <S extends AbstractBlockingStub<S>> S prepared(S stub) {
		S timed = stub.withDeadlineAfter(this.settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
		String apiKey = this.settings.apiKey();
		return (apiKey != null) ? timed.withCallCredentials(new MetadataCredentials(apiKey, Map.of())) : timed;
	}

	/**
	 * Calls, and calls again as long as that may help.
	 * @param what what is done, to follow "could not" in a message
	 * @param call one try
	 */
	<T> T call(String what, Retryable<T> call) {
		return call(what, this.retries, call);
	}

	/**
	 * Calls likewise, about a collection that may not be there.
	 * @param missing the answer if it is not
	 * @param what what is done, to follow "could not" in a message
	 * @param call one try
	 */
	<T> T callOr(T missing, String what, Retryable<T> call) {
		return call(what, () -> {
			try {
				return call.execute();
			}
			catch (StatusRuntimeException ex) {
				if (QdrantErrors.isMissing(ex)) {
					return missing;
				}
				throw ex;
			}
		});
	}

	private <T> T call(String what, RetryTemplate template, Retryable<T> call) {
		long start = System.nanoTime();
		try {
			T result = template.execute(call);
			if (this.outage.compareAndSet(true, false)) {
				logger.warn("Qdrant at {} answers again", this.settings.address());
			}
			return result;
		}
		catch (RetryException ex) {
			throw this.errors.describe(what, ex.getCause(), ex.getRetryCount() + 1, since(start));
		}
	}

	/**
	 * Calls for somebody who waits for the answer: tries again for a moment only, long
	 * enough for a connection that was lost to come back.
	 * @param what what is done, to follow "could not" in a message
	 * @param call one try
	 */
	<T> T callBriefly(String what, Retryable<T> call) {
		return call(what, this.fewRetries, call);
	}

	/**
	 * Makes every call that has failed, or will, end with its failure.
	 */
	void stopRetrying() {
		this.retrying = false;
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Override
	public void close() {
		this.channel.shutdown();
		try {
			if (!this.channel.awaitTermination(END_OF_CHANNEL.toMillis(), TimeUnit.MILLISECONDS)) {
				this.channel.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.channel.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Makes the channel connect at once with every new try. Left alone it waits up to two
	 * minutes between connections, and fails what is tried in between without looking.
	 *
	 * @see <a href=
	 * "https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md">gRPC
	 * connection back-off</a>
	 */
	private final class Reconnect implements RetryListener {

		@Override
		public void beforeRetry(RetryPolicy policy, Retryable<?> call, RetryState state) {
			logger.debug("Qdrant at {}: try {} failed, trying again", QdrantConnection.this.settings.address(),
					state.getRetryCount(), state.getLastException());
			QdrantConnection.this.channel.resetConnectBackoff();
			if (policy.equals(QdrantConnection.this.retries.getRetryPolicy()) && state.getRetryCount() >= PASSING) {
				warnOnce(state.getLastException());
			}
		}

		private void warnOnce(Throwable failure) {
			if (QdrantConnection.this.outage.compareAndSet(false, true)) {
				QdrantSettings settings = QdrantConnection.this.settings;
				logger.warn("Qdrant at {} does not answer, trying again for {} s: {}", settings.address(),
						settings.retryFor().toSeconds(), failure.getMessage());
			}
		}

	}

}
