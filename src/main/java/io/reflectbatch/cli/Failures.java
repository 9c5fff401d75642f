package io.reflectbatch.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.ledger.DatabaseInUseException;
import io.reflectbatch.ledger.LeaseHeldException;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Translates failures into what an operator gets to see: an exit code and one message.
 */
final class Failures {

	private static final int DATABASE_IN_USE = 90020;

	private Failures() {
	}

	static ExitCode exitCode(Throwable failure) {
		for (Throwable cause : causes(failure)) {
			ExitCode code = exitCodeOf(cause);
			if (code != null) {
				return code;
			}
		}
		return ExitCode.FAILED;
	}

	private static @Nullable ExitCode exitCodeOf(Throwable cause) {
		return switch (cause) {
			case UsageException usage -> ExitCode.USAGE;
			case LeaseHeldException held -> ExitCode.HELD;
			case DatabaseInUseException inUse -> ExitCode.UNAVAILABLE;
			case StoreUnavailableException unavailable -> ExitCode.UNAVAILABLE;
			case StoreRejectedException rejected -> ExitCode.USAGE;
			case SQLException database when database.getErrorCode() == DATABASE_IN_USE -> ExitCode.UNAVAILABLE;
			case CannotGetJdbcConnectionException unreachable -> ExitCode.UNAVAILABLE;
			default -> null;
		};
	}

	/**
	 * Returns the message of the innermost cause, where our own code has put place, value
	 * and remedy; the outer ones only say which framework passed it on.
	 */
	static String message(Throwable failure) {
		List<Throwable> causes = causes(failure);
		for (Throwable cause : causes) {
			if (cause.getClass().getName().startsWith("io.reflectbatch.") && cause.getMessage() != null) {
				return cause.getMessage();
			}
		}
		Throwable root = causes.getLast();
		return (root.getMessage() != null) ? root.getClass().getSimpleName() + ": " + root.getMessage()
				: root.toString();
	}

	private static List<Throwable> causes(Throwable failure) {
		List<Throwable> causes = new ArrayList<>();
		for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
			causes.add(cause);
		}
		return causes;
	}

}
