package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLimitTests {

	private static final String UNLIMITED_VERSION_1 = "9223372036854771712";

	@TempDir
	Path directory;

	@Test
	void readsTheGroupOfVersion2() throws IOException {
		groups("0::/user.slice/import.service");
		write("user.slice/import.service/memory.max", "402653184\n");
		write("user.slice/memory.max", "max\n");
		assertThat(limit().bytes()).hasValue(402653184);
	}

	@Test
	void theNarrowestOfAllGroupsAroundItCounts() throws IOException {
		groups("0::/pod/container");
		write("pod/container/memory.max", "800000000");
		write("pod/memory.max", "500000000");
		assertThat(limit().bytes()).hasValue(500000000);
	}

	@Test
	void inAContainerTheMountItselfIsTheGroup() throws IOException {
		groups("0::/");
		write("memory.max", "268435456");
		assertThat(limit().bytes()).hasValue(268435456);
		groups("4:memory:/docker/0123456789abcdef", "3:cpuset:/");
		write("memory/memory.limit_in_bytes", "300000000");
		assertThat(limit().bytes()).hasValue(300000000);
	}

	@Test
	void readsTheMemoryControllerOfVersion1() throws IOException {
		groups("8:pids:/a", "4:memory:/a", "0::/b");
		write("memory/memory.limit_in_bytes", UNLIMITED_VERSION_1);
		write("memory/a/memory.limit_in_bytes", "402653184\n");
		assertThat(limit().bytes()).hasValue(402653184);
	}

	@Test
	void thereMayBeNoLimit() throws IOException {
		assertThat(limit().bytes()).as("not on Linux").isEmpty();
		groups("0::/");
		assertThat(limit().bytes()).as("the root group").isEmpty();
		write("memory.max", "max\n");
		assertThat(limit().bytes()).as("version 2").isEmpty();
		groups("4:memory:/a");
		write("memory/a/memory.limit_in_bytes", UNLIMITED_VERSION_1);
		assertThat(limit().bytes()).as("version 1").isEmpty();
	}

	private MemoryLimit limit() {
		return new MemoryLimit(this.directory.resolve("cgroup"), this.directory.resolve("mount"));
	}

	private void groups(String... lines) throws IOException {
		Files.write(this.directory.resolve("cgroup"), List.of(lines));
	}

	private void write(String file, String content) throws IOException {
		Path target = this.directory.resolve("mount").resolve(file);
		Files.createDirectories(target.getParent());
		Files.writeString(target, content);
	}

}
