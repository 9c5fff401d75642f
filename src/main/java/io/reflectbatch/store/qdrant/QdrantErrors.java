package io.reflectbatch.store.qdrant;

import java.time.Duration;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Says in this application's words what a gRPC status means.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
final class QdrantErrors {

	private final QdrantSettings settings;

	QdrantErrors(QdrantSettings settings) {
		this.settings = settings;
	}

	/**
	 * Tells whether the same call may succeed later. {@code INTERNAL} is among them: a
	 * server that dies in the middle of an answer, or whose disk is full, ends a call
	 * with it; and every call may be repeated.
	 */
	static boolean isTransient(Throwable failure) {
		return failure instanceof StatusRuntimeException status && switch (status.getStatus().getCode()) {
			case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, INTERNAL -> true;
			case RESOURCE_EXHAUSTED -> !isTooLarge(status);
			default -> false;
		};
	}

	static boolean isMissing(@Nullable Throwable failure) {
		return failure instanceof StatusRuntimeException status
				&& status.getStatus().getCode() == Status.Code.NOT_FOUND;
	}

	/**
	 * Returns the failure of a change that was taken and not made, to be tried again.
	 */
	static StatusRuntimeException notApplied(UpdateStatus status) {
		return Status.ABORTED.withDescription("Qdrant answered '%s' instead of 'Completed'".formatted(status))
			.asRuntimeException();
	}

	private static boolean isTooLarge(StatusRuntimeException failure) {
		return String.valueOf(failure.getStatus().getDescription()).contains("exceeds maximum size");
	}

	RuntimeException describe(String what, Throwable failure, int tries, Duration elapsed) {
		if (failure instanceof StatusRuntimeException status) {
			return switch (status.getStatus().getCode()) {
				case UNAUTHENTICATED, PERMISSION_DENIED -> unauthorized(what, status);
				case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, INTERNAL, CANCELLED, UNKNOWN ->
					unavailable(what, status, tries, elapsed);
				case RESOURCE_EXHAUSTED ->
					isTooLarge(status) ? rejected(what, status) : unavailable(what, status, tries, elapsed);
				default -> rejected(what, status);
			};
		}
		return unavailable(what, failure, tries, elapsed);
	}

	private StoreUnavailableException unavailable(String what, Throwable failure, int tries, Duration elapsed) {
		return new StoreUnavailableException("""
				Qdrant at %s (gRPC) could not %s: %s; tried %s in %.1f s. \
				Is Qdrant running, and is %d its gRPC port? \
				QDRANT_URL (now %s) names the REST port, QDRANT_GRPC_PORT sets the gRPC port""".formatted(
				this.settings.address(), what, reason(failure), (tries == 1) ? "once" : tries + " times",
				elapsed.toMillis() / 1000.0, this.settings.port(), this.settings.url()), failure);
	}

	private StoreRejectedException unauthorized(String what, StatusRuntimeException failure) {
		return new StoreRejectedException("""
				Qdrant at %s (gRPC) does not allow this client to %s: %s; %s was sent. \
				Set QDRANT_API_KEY to a key that may read and write""".formatted(this.settings.address(), what,
				reason(failure), (this.settings.apiKey() != null) ? "an API key" : "no API key"), failure);
	}

	private StoreRejectedException rejected(String what, StatusRuntimeException failure) {
		return new StoreRejectedException(
				"Qdrant at %s (gRPC) refused to %s: %s".formatted(this.settings.address(), what, reason(failure)),
				failure);
	}

	private static String reason(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root.getMessage() != null) ? root.getMessage() : root.toString();
	}

}
