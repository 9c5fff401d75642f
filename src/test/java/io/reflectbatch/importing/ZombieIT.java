package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseHeldException;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.store.StoreProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A process that is suspended for longer than its lease lasts, as in a virtual machine
 * that is moved, and then wakes up.
 */
@DisabledOnOs(OS.WINDOWS)
class ZombieIT {

	private static final Duration LONG = Duration.ofMinutes(2);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void wakesUpToFindItsWorkDoneAndWritesNothing() throws Exception {
		LogDirectory logs = writeLogs();
		Machine.Imported undisturbed = machine("undisturbed", logs, TestDatabase.H2).importRest();
		Machine machine = machine("home", logs, TestDatabase.POSTGRESQL);
		Process zombie = machine.startImport();
		try {
			suspendInTheMiddle(machine, zombie);
			Machine.Imported imported = machine.importRest();
			assertThat(imported).isEqualTo(undisturbed);
			signal("CONT", zombie);
			assertThat(machine.exitCode(zombie)).isEqualTo(3);
			assertThat(machine.output()).contains("was taken over by another process");
			assertThat(machine.importRest()).isEqualTo(imported);
		}
		finally {
			zombie.destroyForcibly();
		}
	}

	private void suspendInTheMiddle(Machine machine, Process zombie) throws Exception {
		try (TestApplication observer = machine.open()) {
			JobHistory history = observer.bean(JobHistory.class);
			await().atMost(LONG).until(() -> history.last(1).stream().anyMatch((execution) -> execution.chunks() > 0));
			signal("STOP", zombie);
			assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(observer::run)
				.withMessageContaining("process " + zombie.pid());
			JobLease lease = observer.bean(JobLease.class);
			await().atMost(LONG).until(() -> !lease.isHeld(JobName.IMPORT.jobName()));
		}
	}

	private LogDirectory writeLogs() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		for (int file = 0; file < 4; file++) {
			logs.write("-home-dev-app/" + file + ".jsonl", conversation("session" + file, 0, 300));
		}
		return logs;
	}

	private Machine machine(String home, LogDirectory logs, TestDatabase database) throws IOException {
		return new Machine(this.directory.resolve(home), logs.root(), database, StoreProperties.Type.QDRANT);
	}

	private static void signal(String name, Process process) throws IOException, InterruptedException {
		assertThat(new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid()))).start().waitFor())
			.isZero();
	}

}
