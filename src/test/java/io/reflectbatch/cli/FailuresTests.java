package io.reflectbatch.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;

import io.reflectbatch.importing.ImportFailures;
import io.reflectbatch.operations.OperationFailures;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	@Test
	void findsTheExitCodeBelowWhatTheFrameworkPutAroundIt() {
		assertThat(Failures.exitCode(wrapped(new UsageException("x")))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.exitCode(wrapped(unavailable()))).isEqualTo(ExitCode.UNAVAILABLE);
		assertThat(Failures.exitCode(wrapped(new StoreRejectedException("x", null)))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.exitCode(wrapped(new IllegalStateException("x")))).isEqualTo(ExitCode.FAILED);
	}

	@Test
	void whatAnOperationRefusesIsNotMendedByTryingAgain() {
		assertThat(Failures.exitCode(wrapped(OperationFailures.otherStore()))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.exitCode(wrapped(OperationFailures.notPutAside()))).isEqualTo(ExitCode.USAGE);
	}

	@Test
	void anUnreachableDatabaseMayBeReachableLater() {
		SQLException refused = new SQLException("refused", "08001");
		assertThat(Failures.exitCode(new CannotGetJdbcConnectionException("x", refused)))
			.isEqualTo(ExitCode.UNAVAILABLE);
		SQLException inUse = new SQLException("in use", "90020", ErrorCode.DATABASE_ALREADY_OPEN_1);
		assertThat(Failures.exitCode(wrapped(inUse))).isEqualTo(ExitCode.UNAVAILABLE);
		assertThat(Failures.message(inUse)).contains("in use", "try again when it has ended");
	}

	@Test
	void aDatabaseServerThatIsDownIsNamed() {
		SQLException refused = new SQLException("Connection to db:5432 refused.", "08001",
				new ConnectException("Connection refused"));
		assertThat(Failures.exitCode(wrapped(refused))).isEqualTo(ExitCode.UNAVAILABLE);
		assertThat(Failures.message(wrapped(refused))).contains("db:5432", "Connection refused",
				"SPRING_DATASOURCE_URL");
		assertThat(Failures.exitCode(wrapped(new SQLException("starting up", "57P03"))))
			.isEqualTo(ExitCode.UNAVAILABLE);
	}

	@Test
	void aWrongPasswordIsNotMendedByTryingAgain() {
		SQLException wrong = new SQLException("password authentication failed for user \"x\"", "28P01");
		assertThat(Failures.exitCode(wrapped(wrong))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.exitCode(new CannotGetJdbcConnectionException("x", wrong))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.message(wrapped(wrong))).contains("user \"x\"", "SPRING_DATASOURCE_URL");
	}

	@Test
	void aDamagedDatabaseIsNotMendedByTryingAgain() {
		SQLException damaged = new SQLException("broken", "90030", ErrorCode.FILE_CORRUPTED_1);
		assertThat(Failures.exitCode(new CannotGetJdbcConnectionException("x", damaged))).isEqualTo(ExitCode.USAGE);
		assertThat(Failures.message(wrapped(damaged))).contains("is damaged", "backup", "import again");
	}

	@Test
	void saysWhatToDoWhereThereIsNoRoom() {
		SQLException full = new SQLException("General error", "HY000", new IOException("No space left on device"));
		assertThat(Failures.message(wrapped(full))).contains("No space left on device",
				"choose another one with REFLECT_HOME");
	}

	@Test
	void doesNotRecommendTheSameCommandWhereSomebodyHasToDoSomethingFirst() {
		assertThat(Failures.mayPass(wrapped(unavailable()))).isTrue();
		assertThat(Failures.mayPass(wrapped(new IllegalStateException("x")))).isTrue();
		assertThat(Failures.mayPass(wrapped(new UsageException("x")))).isFalse();
		assertThat(Failures.mayPass(wrapped(ImportFailures.logsMissing()))).isFalse();
	}

	@Test
	void saysWhatOurOwnCodeSays() {
		assertThat(Failures.message(wrapped(unavailable()))).isEqualTo("Qdrant is away");
		assertThat(Failures.message(wrapped(new IllegalStateException("odd")))).isEqualTo("IllegalStateException: odd");
	}

	@Test
	void prefersAFailureOfOurOwnToThoseThatOnlyReportIt() {
		Throwable reports = new IllegalStateException("Partition handler returned an unsuccessful step");
		assertThat(Failures.mostTelling(List.of(reports, wrapped(unavailable())))).hasRootCauseMessage("io");
		assertThat(Failures.mostTelling(List.of(reports))).isSameAs(reports);
		assertThat(Failures.message(Failures.mostTelling(List.of()))).contains("without saying why");
	}

	private static StoreUnavailableException unavailable() {
		return new StoreUnavailableException("Qdrant is away", new IllegalStateException("io"));
	}

	private static Throwable wrapped(Throwable cause) {
		return new IllegalStateException("outer", new IllegalStateException("inner", cause));
	}

}
