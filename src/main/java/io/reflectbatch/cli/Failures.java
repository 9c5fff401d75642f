package io.reflectbatch.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.embedding.ModelSettingException;
import io.reflectbatch.ledger.DatabaseInUseException;
import io.reflectbatch.importing.LogsUnavailableException;
import io.reflectbatch.importing.ModelInUseException;
import io.reflectbatch.importing.NotEnoughMemoryException;
import io.reflectbatch.importing.NotRestartableException;
import io.reflectbatch.importing.SelectionException;
import io.reflectbatch.importing.UnfinishedImportException;
import io.reflectbatch.ledger.LeaseHeldException;
import io.reflectbatch.ledger.LeaseLostException;
import io.reflectbatch.operations.NotPutAsideException;
import io.reflectbatch.operations.OtherStoreException;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.watch.WatchFailedException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Translates failures into what an operator gets to see: an exit code and one message.
 */
final class Failures {

	private static final String OWN = "io.reflectbatch.";

	/** As Linux and macOS say it; Java has no exception of its own for it. */
	private static final String NO_SPACE = "No space left on device";

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
			case NotRestartableException notRestartable -> ExitCode.USAGE;
			case UnfinishedImportException unfinished -> ExitCode.USAGE;
			case ModelInUseException inUse -> ExitCode.USAGE;
			case OtherStoreException elsewhere -> ExitCode.USAGE;
			case NotPutAsideException notPutAside -> ExitCode.USAGE;
			case NotEnoughMemoryException tooLittle -> ExitCode.USAGE;
			case SelectionException selection -> ExitCode.USAGE;
			case ModelSettingException model -> ExitCode.USAGE;
			case UsageException usage -> ExitCode.USAGE;
			case WatchFailedException watch -> ExitCode.USAGE;
			case LeaseHeldException held -> ExitCode.HELD;
			case LeaseLostException lost -> ExitCode.HELD;
			case DatabaseInUseException inUse -> ExitCode.UNAVAILABLE;
			case StoreUnavailableException unavailable -> ExitCode.UNAVAILABLE;
			case StoreRejectedException rejected -> ExitCode.USAGE;
			case SQLException database when isDamaged(database) -> ExitCode.USAGE;
			case SQLException database when isInUse(database) || isUnreachable(database) -> ExitCode.UNAVAILABLE;
			case SQLException database when isRefused(database) -> ExitCode.USAGE;
			case CannotGetJdbcConnectionException unreachable when !isPermanent(unreachable) -> ExitCode.UNAVAILABLE;
			default -> null;
		};
	}

	private static boolean isPermanent(Throwable failure) {
		return causes(failure).stream()
			.anyMatch(
					(cause) -> cause instanceof SQLException database && (isDamaged(database) || isRefused(database)));
	}

	private static boolean isDamaged(SQLException database) {
		return switch (database.getErrorCode()) {
			case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> true;
			default -> false;
		};
	}

	private static boolean isInUse(SQLException database) {
		return database.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
	}

	// Connection exceptions; of PostgreSQL besides: it shuts down or starts, or has no
	// connection left.
	private static boolean isUnreachable(SQLException database) {
		String state = String.valueOf(database.getSQLState());
		return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
	}

	// A wrong user or password, or no such database.
	private static boolean isRefused(SQLException database) {
		String state = String.valueOf(database.getSQLState());
		return state.startsWith("28") || state.equals("3D000");
	}

	/**
	 * Whether the same command may succeed without anybody having done anything before.
	 * @param failure the failure
	 */
	static boolean mayPass(Throwable failure) {
		return exitCode(failure) != ExitCode.USAGE
				&& causes(failure).stream().noneMatch(LogsUnavailableException.class::isInstance);
	}

	/**
	 * Returns the failure that says most: one of our own if there is one.
	 * @param failures what has failed, in any order; some only report that others have
	 */
	static Throwable mostTelling(List<Throwable> failures) {
		return failures.stream()
			.filter((failure) -> own(failure) != null)
			.findFirst()
			.orElseGet(() -> failures.isEmpty() ? new IllegalStateException("It failed without saying why")
					: failures.getFirst());
	}

	/**
	 * Returns the message of the outermost exception of our own, which has place, value
	 * and remedy; without one that of the innermost cause, since the outer ones only say
	 * which framework passed it on.
	 */
	static String message(Throwable failure) {
		Throwable own = own(failure);
		if (own != null) {
			return String.valueOf(own.getMessage());
		}
		String database = database(failure);
		if (database != null) {
			return database;
		}
		Throwable root = causes(failure).getLast();
		String message = (root.getMessage() != null) ? root.getClass().getSimpleName() + ": " + root.getMessage()
				: root.toString();
		return message + remedy(failure);
	}

	// The address is in what the driver says, and not in the refused connection below it.
	private static @Nullable String database(Throwable failure) {
		return causes(failure).reversed()
			.stream()
			.filter((cause) -> cause instanceof SQLException database
					&& (isUnreachable(database) || isRefused(database)))
			.findFirst()
			.map((cause) -> "The database cannot be used: " + cause.getMessage()
					+ ((cause.getCause() != null) ? " (" + causes(cause).getLast() + ")" : "")
					+ " The database is that of SPRING_DATASOURCE_URL, or of spring.datasource.url in the job file")
			.orElse(null);
	}

	private static String remedy(Throwable failure) {
		for (Throwable cause : causes(failure)) {
			if (cause instanceof SQLException database && isDamaged(database)) {
				return """
						. The database in the data directory is damaged. Restore it from a backup, or move the directory \
						'database' away, and the state file if STATE_FILE names one, and import again: that embeds \
						everything anew, and writes the same points""";
			}
			if (cause instanceof SQLException database && isInUse(database)) {
				return ". Another process has the database open and does not share it; try again when it has ended";
			}
			if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
				return ". Make room in the data directory, or choose another one with REFLECT_HOME";
			}
		}
		return "";
	}

	private static @Nullable Throwable own(Throwable failure) {
		return causes(failure).stream()
			.filter((cause) -> cause.getClass().getName().startsWith(OWN) && cause.getMessage() != null)
			.findFirst()
			.orElse(null);
	}

	private static List<Throwable> causes(Throwable failure) {
		List<Throwable> causes = new ArrayList<>();
		for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
			causes.add(cause);
		}
		return causes;
	}

}
