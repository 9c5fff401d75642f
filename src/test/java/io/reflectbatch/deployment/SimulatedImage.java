package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image, made and run without Docker: each stage of the {@code Dockerfile} is a
 * directory, its instructions are carried out there, and commands run in it as their root
 * directory, in a mount namespace of their own. The Linux of this machine takes the place
 * of the images that the stages begin with, and the jar is the one that the build has
 * just made.
 */
final class SimulatedImage {

	/**
	 * Arguments: the directory, whether it can be written to, the user, the directory to
	 * start in, the JDK or nothing, and the command with its environment.
	 */
	private static final String SANDBOX = """
			set -eu
			root=$1 access=$2 user=$3 work=$4 jdk=$5
			shift 5
			mount --bind "$root" "$root"
			for folder in usr bin sbin lib lib64; do
			  if [ -L "/$folder" ]; then
			    [ -L "$root/$folder" ] || ln -s "$(readlink "/$folder")" "$root/$folder"
			  elif [ -d "/$folder" ]; then
			    mkdir -p "$root/$folder"
			    mount -o bind,ro "/$folder" "$root/$folder"
			  fi
			done
			mkdir -p "$root/dev" "$root/proc" "$root/jdk" "$root/tmp"
			chmod 1777 "$root/tmp"
			mount --rbind /dev "$root/dev"
			mount --rbind /proc "$root/proc"
			if [ -n "$jdk" ]; then
			  mount -o bind,ro "$jdk" "$root/jdk"
			  mkdir -p "$root/etc/ssl" # where Debian keeps the certificates of its JDK
			  mount -o bind,ro /etc/ssl "$root/etc/ssl"
			fi
			if [ "$access" = rw ]; then
			  exec chroot "$root" env -i -C "$work" "$@"
			fi
			mount --bind "$root/data" "$root/data"
			mount --bind "$root/config" "$root/config"
			mount -o remount,bind,ro "$root"
			exec chroot "$root" setpriv --reuid "$user" --regid 0 --clear-groups --bounding-set=-all --no-new-privs \
			  env -i -C "$work" "$@"
			""";

	private static final String SOURCE_OPTION = "--from=";

	private final Dockerfile dockerfile;

	private final DockerIgnore ignore = DockerIgnore.read();

	private final Path directory;

	private final Map<String, Path> roots = new LinkedHashMap<>();

	private String workingDirectory = "/";

	private SimulatedImage(Dockerfile dockerfile, Path directory) throws IOException {
		this.dockerfile = dockerfile;
		this.directory = directory;
	}

	/**
	 * Makes the image; where that is not possible the test is skipped.
	 * @param directory an empty directory
	 */
	static SimulatedImage build(Path directory) throws IOException {
		if (!Files.isDirectory(Path.of("/proc/self/ns")) || !"root".equals(System.getProperty("user.name"))
				|| Stream.of("unshare", "chroot", "setpriv").anyMatch((tool) -> !Tool.isInstalled(tool))) {
			return Tool
				.missing("To start a command in another root directory takes Linux, unshare, setpriv, and root.");
		}
		if (Runtime.version().feature() < 25) {
			return Tool.missing("The image is made with Java 25; this is Java " + Runtime.version().feature() + ".");
		}
		SimulatedImage image = new SimulatedImage(Dockerfile.read(), directory);
		for (Dockerfile.Stage stage : image.dockerfile.stages()) {
			image.build(stage);
		}
		return image;
	}

	private void build(Dockerfile.Stage stage) throws IOException {
		Path root = this.directory.resolve("stage-" + this.roots.size());
		Path base = this.roots.get(stage.base());
		if (base != null) {
			copy(base, root);
		}
		Files.createDirectories(root);
		this.roots.put(stage.name(), root);
		this.workingDirectory = "/";
		for (Dockerfile.Instruction instruction : stage.instructions()) {
			carryOut(instruction, stage, root);
		}
	}

	private void carryOut(Dockerfile.Instruction instruction, Dockerfile.Stage stage, Path root) throws IOException {
		switch (instruction.name()) {
			case "WORKDIR" -> {
				this.workingDirectory = instruction.rest();
				Files.createDirectories(in(root, instruction.rest()));
			}
			case "COPY" -> copy(instruction.rest(), root);
			case "RUN" -> run(instruction.rest(), stage, root);
			case "CMD", "ENTRYPOINT", "ENV", "HEALTHCHECK", "LABEL", "USER" -> {
				// are asked for when the image is run
			}
			default -> throw new AssertionError("Not known how to simulate " + instruction);
		}
	}

	private Path in(Path root, String path) {
		return root.resolve(Path.of(this.workingDirectory).resolve(path).normalize().toString().substring(1));
	}

	private void copy(String rest, Path root) throws IOException {
		List<String> words = new ArrayList<>(List.of(rest.split(" +")));
		boolean fromStage = words.getFirst().startsWith(SOURCE_OPTION);
		Path from = fromStage ? this.roots.get(words.removeFirst().substring(SOURCE_OPTION.length())) : null;
		String target = words.removeLast();
		for (String source : words) {
			if (from != null) {
				copyTo(in(from, source), in(root, target), target);
			}
			else {
				for (Path file : context(source)) {
					copyTo(file, in(root, target), target);
				}
			}
		}
	}

	private static List<Path> context(String source) throws IOException {
		PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + source);
		try (Stream<Path> files = Files.walk(Path.of(""), Path.of(source).getNameCount())) {
			List<Path> found = files.filter(matcher::matches).toList();
			assertThat(found).as(source).isNotEmpty();
			return found;
		}
	}

	private void copyTo(Path source, Path target, String name) throws IOException {
		if (Files.isDirectory(source)) {
			copy(source, target);
			return;
		}
		Path file = (name.endsWith("/") || Files.isDirectory(target)) ? target.resolve(source.getFileName()) : target;
		if (source.isAbsolute() || !this.ignore.ignores(source)) {
			Files.createDirectories(file.getParent());
			Files.copy(source, file, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** A directory of a stage is not written to any more: links will do. */
	private void copy(Path source, Path target) throws IOException {
		Files.createDirectories(target);
		if (source.isAbsolute()) {
			succeed(Tool.run(List.of("cp", "-al", source + "/.", target.toString()), Map.of()));
			return;
		}
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.filter(Files::isRegularFile).filter((file) -> !this.ignore.ignores(file)).toList()) {
				Path copy = target.resolve(source.relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private void run(String command, Dockerfile.Stage stage, Path root) throws IOException {
		if (command.contains("./mvnw")) {
			Path jar = in(root, "target/reflect-batch.jar");
			Files.createDirectories(jar.getParent());
			Files.copy(Path.of("target/reflect-batch.jar"), jar, StandardCopyOption.COPY_ATTRIBUTES);
			return;
		}
		Map<String, String> environment = new LinkedHashMap<>(stage.environment());
		boolean hasJdk = stage.base().contains("temurin");
		environment.merge("PATH", hasJdk ? "/jdk/bin:/usr/bin:/bin" : "/usr/bin:/bin", (ours, usual) -> ours);
		succeed(sandbox(root, "rw", 0, hasJdk ? System.getProperty("java.home") : "", environment,
				List.of("sh", "-c", command)));
	}

	/**
	 * Runs a command in the image as Docker or Kubernetes does: as any user, in group 0,
	 * without privileges, and with a root file system that is read-only but for the two
	 * directories that volumes are mounted at.
	 * @param user the number of the user
	 * @param variables variables besides those of the image
	 * @param command the command
	 */
	Tool.Finished run(int user, Map<String, String> variables, List<String> command) {
		Map<String, String> environment = new LinkedHashMap<>(this.dockerfile.finalStage().environment());
		environment.putAll(variables);
		this.workingDirectory = "/";
		return sandbox(root(), "ro", user, "", environment, command);
	}

	private Tool.Finished sandbox(Path root, String access, int user, String jdk, Map<String, String> environment,
			List<String> command) {
		List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c",
				SANDBOX, "sandbox", root.toString(), access, String.valueOf(user), this.workingDirectory, jdk));
		environment.forEach((name, value) -> words.add(name + "=" + value));
		words.addAll(command);
		return Tool.run(words, Map.of());
	}

	private static void succeed(Tool.Finished finished) {
		assertThat(finished.exitCode()).as(() -> finished.output() + finished.errors()).isZero();
	}

	/**
	 * Returns the root directory of the image.
	 */
	Path root() {
		return this.directory.resolve("stage-" + (this.dockerfile.stages().size() - 1));
	}

}
