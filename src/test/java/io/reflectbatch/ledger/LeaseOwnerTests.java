package io.reflectbatch.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LeaseOwner}.
 */
class LeaseOwnerTests {

	private static final LeaseOwner SELF = LeaseOwner.self();

	@Test
	void thisProcessIsNotGone() {
		assertThat(SELF.isGone()).isFalse();
		assertThat(LeaseOwner.self()).isEqualTo(SELF);
	}

	@Test
	void aProcessIsGoneWhenItsIdIsNotInUseOrSomebodyElses() {
		assertThat(with(Long.MAX_VALUE, SELF.processStart()).isGone()).isTrue();
		assertThat(with(SELF.pid(), "another").isGone()).isTrue();
	}

	@Test
	void ofAProcessElsewhereNothingIsKnown() {
		assertThat(new LeaseOwner("elsewhere", SELF.pidSpace(), Long.MAX_VALUE, "1").isGone()).isFalse();
		assertThat(new LeaseOwner(SELF.host(), "elsewhere", Long.MAX_VALUE, "1").isGone()).isFalse();
	}

	// As in a container whose first process does not look after its children.
	@Test
	@EnabledOnOs(OS.LINUX)
	void aProcessThatHasEndedIsGoneThoughItsParentDoesNotKnow() throws IOException {
		Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
		try {
			long child = Long.parseLong(parent.inputReader().readLine());
			LeaseOwner owner = LeaseOwner.here(child);
			assertThat(owner.isGone()).isFalse();
			// The shell would take note of its end; what it becomes does not.
			Path name = Path.of("/proc", Long.toString(parent.pid()), "comm");
			await().atMost(30, TimeUnit.SECONDS).until(() -> Files.readString(name).strip().equals("sleep"));
			ProcessHandle.of(child).orElseThrow().destroyForcibly();
			await().atMost(30, TimeUnit.SECONDS).until(owner::isGone);
			assertThat(Path.of("/proc", Long.toString(child))).isDirectory();
		}
		finally {
			parent.destroyForcibly();
		}
	}

	private static LeaseOwner with(long pid, String processStart) {
		return new LeaseOwner(SELF.host(), SELF.pidSpace(), pid, processStart);
	}

}
