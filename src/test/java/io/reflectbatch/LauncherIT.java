package io.reflectbatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs {@code ./reflect} and {@code ./mvnw} in a copy of the checkout whose Javas, Maven
 * and {@code PATH} are fakes: a fake Java prints how it was called.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

	private static final List<String> TOOLS = List.of("cat", "dirname", "find", "head", "mkdir", "readlink", "sed",
			"tail", "touch", "uname", "basename", "tr", "stty");

	private static final String PRINTS_ITS_CALL = """
			#!/bin/sh
			echo "pid $$"
			echo "java ${0%/bin/java}"
			echo "directory $(pwd)"
			echo "arenas $MALLOC_ARENA_MAX"
			echo "locale ${LC_ALL-unset}"
			for argument; do printf 'argument <%s>\\n' "$argument"; done
			""";

	@TempDir
	private Path temporary;

	private Path checkout;

	private Path path;

	private Path folders;

	@BeforeEach
	void copyTheCheckout() throws IOException {
		// The real path: on macOS the temporary directory is behind a symbolic link.
		Path root = this.temporary.toRealPath();
		this.checkout = Files.createDirectories(root.resolve("check out"));
		this.path = Files.createDirectories(root.resolve("bin"));
		this.folders = Files.createDirectories(root.resolve("folders"));
		for (String file : List.of("reflect", "mvnw", "jvm.options", "jvm-25.options", "jvm-watch.options",
				".mvn/find-jdk.sh", ".mvn/wrapper/maven-wrapper.properties")) {
			Path copy = this.checkout.resolve(file);
			Files.createDirectories(copy.getParent());
			Files.copy(Path.of(file), copy);
		}
		for (String tool : TOOLS) {
			executable(this.path.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(find(tool)));
		}
		write(this.checkout.resolve("target/reflect-batch.jar"), "");
	}

	@Test
	void takesTheNewestJavaInTheUsualFolders() throws Exception {
		jdk("usr/lib/jvm/java-17", "17.0.15");
		jdk("usr/lib/jvm/jdk-9", "9.0.4");
		Path newest = jdk("opt/my-jdk", "25.0.3");
		jdk("Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home", "21.0.4");
		assertThat(reflect().java()).isEqualTo(newest.toString());
	}

	@Test
	void prefersJavaHomeToANewerJava() throws Exception {
		Path home = jdk("some where/else", "21");
		jdk("usr/lib/jvm/java-25", "25");
		assertThat(reflect(Map.of("JAVA_HOME", home.toString())).java()).isEqualTo(home.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "17.0.15", "1.8.0_402", "nonsense" })
	void passesOverAJavaHomeThatIsTooOld(String version) throws Exception {
		Path home = jdk("else/where", version);
		Path newEnough = jdk("usr/lib/jvm/java-21", "21.0.4");
		assertThat(reflect(Map.of("JAVA_HOME", home.toString())).java()).isEqualTo(newEnough.toString());
	}

	@Test
	void prefersTheJavaOnThePathToANewerOneInTheUsualFolders() throws Exception {
		Path onPath = jdk("else/where", "21.0.4");
		Files.createSymbolicLink(this.path.resolve("java"), onPath.resolve("bin/java"));
		jdk("usr/lib/jvm/java-25", "25");
		assertThat(reflect().java()).isEqualTo(onPath.toString());
	}

	@Test
	void asksAShimOnThePathForItsHome() throws Exception {
		Path home = jdk("else/where", "21.0.4");
		executable(this.path.resolve("java"), "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(home));
		assertThat(reflect().java()).isEqualTo(home.toString());
	}

	@Test
	void asksAJavaWithoutReleaseFileForItsVersion() throws Exception {
		Path java = jdk("usr/lib/jvm/java", "21.0.4");
		Files.delete(java.resolve("release"));
		executable(java.resolve("bin/java"), """
				#!/bin/sh
				if [ "$1" = -version ]; then echo 'openjdk version "23.0.1" 2024-10-15' >&2; exit; fi
				echo "java with $*"
				""");
		assertThat(reflect().java()).startsWith("with ").contains("--sun-misc-unsafe-memory-access=allow");
	}

	@Test
	void refusesJava17AndSaysWhatItSawAndWhatToDo() throws Exception {
		Path tooOld = jdk("usr/lib/jvm/java-17", "17.0.15");
		Finished finished = reflect();
		assertThat(finished.exitCode()).isEqualTo(2);
		assertThat(finished.output()).isEmpty();
		assertThat(finished.errors()).contains("of version 21 or newer was found", tooOld + ": Java 17",
				"Install a JDK", "JAVA_HOME");
	}

	@Test
	void saysThatNoJavaAtAllWasSeen() throws Exception {
		assertThat(reflect().errors()).contains("Seen were:\n  none at all\n", "JAVA_HOME (not set)");
	}

	@Test
	void passesArgumentsVerbatim() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		String[] arguments = { "search", "", "two  words", "*", "$HOME", "@file", "--", "it's \"quoted\"",
				"back\\nslash" };
		assertThat(reflect(Map.of(), arguments).applicationArguments()).containsExactly(arguments);
	}

	@Test
	void staysInTheDirectoryOfItsCallerWhenCalledThroughASymbolicLink() throws Exception {
		Path java = jdk("usr/lib/jvm/java-21", "21");
		Path link = Files.createSymbolicLink(this.path.resolve("reflect"), this.checkout.resolve("reflect"));
		Path elsewhere = Files.createDirectories(this.folders.resolve("some where"));
		Finished finished = run(elsewhere, Map.of(), link.toString(), "import");
		assertThat(finished.java()).isEqualTo(java.toString());
		assertThat(finished.value("directory")).isEqualTo(elsewhere.toString());
		assertThat(finished.jvmArguments()).endsWith("-jar",
				this.checkout.resolve("target/reflect-batch.jar").toString());
		assertThat(finished.jvmArguments()).contains("@" + this.checkout.resolve("jvm.options"));
	}

	@Test
	void becomesTheJavaProcessSoThatSignalsReachIt() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Finished finished = reflect();
		assertThat(finished.value("pid")).isEqualTo(String.valueOf(finished.pid()));
	}

	@ParameterizedTest
	@CsvSource({ "21.0.4, false, false", "22, false, false", "23.0.2, true, false", "24, true, false",
			"25.0.3, false, true", "26-ea, false, true" })
	void givesAJavaOnlyTheSettingsThatItKnows(String version, boolean unsafe, boolean newest) throws Exception {
		jdk("usr/lib/jvm/java", version);
		List<String> arguments = reflect().jvmArguments();
		assertThat(arguments.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(unsafe);
		assertThat(arguments.contains("@" + this.checkout.resolve("jvm-25.options"))).isEqualTo(newest);
		assertThat(
				arguments.contains("-XX:AOTCache=" + this.checkout.resolve("target/reflect-batch/reflect-batch.aot")))
			.isEqualTo(newest);
	}

	@Test
	void startsTheJarThatTheBuildHasUnpacked() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Path unpacked = write(this.checkout.resolve("target/reflect-batch/reflect-batch.jar"), "");
		assertThat(reflect().jvmArguments()).endsWith("-jar", unpacked.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "rubbish" })
	void saysNothingOfACacheThatIsOfNoUse(String content) throws Exception {
		write(this.checkout.resolve("target/reflect-batch/reflect-batch.aot"), content);
		Finished finished = reflect(
				Map.of("JAVA_HOME", System.getProperty("java.home"), "REFLECT_JAVA_OPTS", "--version"));
		assertThat(finished.exitCode()).isZero();
		assertThat(finished.output()).startsWith("openjdk");
		assertThat(finished.errors()).isEmpty();
	}

	@Test
	void startsThisJavaWithTheSettingsOfTheLauncher() throws Exception {
		Finished finished = reflect(Map.of("JAVA_HOME", System.getProperty("java.home"), "REFLECT_JAVA_OPTS",
				"-XshowSettings:properties -XX:+PrintFlagsFinal -Xmx100m --version"));
		assertThat(finished.exitCode()).isZero();
		assertThat(finished.output()).containsPattern("UseSerialGC += true")
			.containsPattern("MaxHeapSize += " + 100 * 1024 * 1024)
			.containsPattern("CrashOnOutOfMemoryError += true");
		assertThat(finished.errors()).contains("h2.bindAddress = 127.0.0.1", "stdout.encoding = UTF-8");
	}

	@ParameterizedTest
	@CsvSource({ "LC_ALL, POSIX, C.UTF-8", "LANG, C, C.UTF-8", "UNRELATED, x, C.UTF-8", "LANG, de_DE.UTF-8, unset",
			"LC_ALL, en_US.UTF-8, en_US.UTF-8" })
	void letsJavaReadFileNamesAsUtf8WhereTheLocaleIsThePlainOne(String variable, String value, String expected)
			throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		assertThat(reflect(Map.of(variable, value)).value("locale")).isEqualTo(expected);
	}

	@Test
	void addsTheUsersSettingsAfterItsOwn() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Finished finished = reflect(Map.of("REFLECT_JAVA_OPTS", "-Xmx1g  -Dpattern=*", "MALLOC_ARENA_MAX", "2"));
		assertThat(finished.jvmArguments()).containsSubsequence("-Xmx1g", "-Dpattern=*", "-jar");
		assertThat(finished.value("arenas")).isEqualTo("2");
		assertThat(reflect().value("arenas")).isEqualTo("1");
	}

	@Test
	void givesTheWatchItsOwnSettingsAfterThoseOfTheUser() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		String own = "@" + this.checkout.resolve("jvm-watch.options");
		Finished watch = reflect(Map.of("REFLECT_JAVA_OPTS", "-Xmx1g"), "watch", "--logs", "x y");
		assertThat(watch.jvmArguments()).containsSubsequence("-Xmx1g", own, "-jar");
		assertThat(watch.applicationArguments()).containsExactly("watch", "--logs", "x y");
		assertThat(reflect(Map.of(), "import", "watch").jvmArguments()).doesNotContain(own);
		jdk("usr/lib/jvm/java-25", "25");
		String cache = "-XX:AOTCache=" + this.checkout.resolve("target/reflect-batch/reflect-batch.aot");
		assertThat(reflect(Map.of(), "watch").jvmArguments()).contains("-Dreflect.import.option=" + cache)
			.doesNotContain(cache);
	}

	@ParameterizedTest
	@CsvSource({ "history, true", "show, true", "files, true", "search, true", "import, false", "watch, false",
			"'', false" })
	void compilesLessForWhatAnswersAndEnds(String command, boolean little) throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Path hugePages = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
		boolean allowed = Files.isReadable(hugePages) && !Files.readString(hugePages).contains("[never]");
		List<String> arguments = reflect(Map.of("REFLECT_JAVA_OPTS", "-Dlast=x"), command).jvmArguments();
		assertThat(arguments.contains("-XX:TieredStopAtLevel=1")).isEqualTo(little);
		assertThat(arguments.contains("-XX:+UseTransparentHugePages")).isEqualTo(little && allowed);
		assertThat(arguments).containsSubsequence("@" + this.checkout.resolve("jvm.options"), "-Dlast=x", "-jar");
		assertThat(arguments.indexOf("-XX:TieredStopAtLevel=1")).isLessThan(arguments.indexOf("-Dlast=x"));
	}

	@Test
	void startsThisJavaWithTheSettingsOfTheWatch() throws Exception {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "NoSuchClass");
		Path jar = this.checkout.resolve("target/reflect-batch.jar");
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
		Finished finished = reflect(Map.of("JAVA_HOME", System.getProperty("java.home"), "REFLECT_JAVA_OPTS",
				"-Xmx1g -XX:+PrintFlagsFinal"), "watch");
		assertThat(finished.errors()).contains("NoSuchClass");
		assertThat(finished.output()).containsPattern("MaxHeapSize += " + 32 * 1024 * 1024)
			.containsPattern("UseSerialGC += true");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void tellsJavaThatThereIsATerminalAndHowWideItIs() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Path script = Path.of("/usr/bin/script");
		assumeThat(script).as("what makes a terminal").isExecutable();
		Finished finished = run(this.checkout, Map.of("SHELL", "/bin/sh", "COLUMNS", "200"), script.toString(), "-qec",
				"stty cols 70 && ./reflect import", "/dev/null");
		assertThat(finished.jvmArguments()).contains("-Dreflect.terminal=true", "-Dreflect.terminal.width=70");
	}

	@Test
	void saysNothingOfATerminalWhereThereIsNone() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		assertThat(reflect(Map.of("COLUMNS", "200")).jvmArguments())
			.noneMatch((argument) -> argument.startsWith("-Dreflect.terminal"));
	}

	@Test
	void buildsOnceWhenThereIsNoJar() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Files.delete(this.checkout.resolve("target/reflect-batch.jar"));
		fakeBuild("echo built with \"$@\"; : >target/reflect-batch.jar");
		Finished first = reflect();
		assertThat(first.errors()).contains("building once");
		assertThat(first.output()).doesNotContain("built with");
		assertThat(this.checkout.resolve("target/build.log")).content().contains("built with", "package");
		assertThat(reflect().errors()).isEmpty();
	}

	@Test
	void buildsAgainInAGitCheckoutWhenASourceIsNewerThanTheJar() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		fakeBuild("echo built again");
		Path source = write(this.checkout.resolve("src/main/java/New.java"), "");
		Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
		Files.setLastModifiedTime(this.checkout.resolve("target/reflect-batch.jar"),
				FileTime.from(Instant.now().minusSeconds(120)));
		assertThat(reflect().errors()).as("outside a git checkout").isEmpty();
		write(this.checkout.resolve(".git"), "");
		assertThat(reflect().errors()).contains("building once");
		assertThat(reflect().errors()).isEmpty();
	}

	@Test
	void printsTheEndOfTheLogWhenTheBuildFails() throws Exception {
		jdk("usr/lib/jvm/java-21", "21");
		Files.delete(this.checkout.resolve("target/reflect-batch.jar"));
		fakeBuild("echo '[ERROR] the reason'; exit 7");
		Finished finished = reflect();
		assertThat(finished.exitCode()).isEqualTo(1);
		assertThat(finished.errors()).contains("[ERROR] the reason", "build failed", "target/build.log");
		assertThat(finished.output()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Apache Maven 3.8.0", "\u001b[1mApache Maven 3.9.16 (2bdd9f)\u001b[m",
			"Apache Maven 4.0.0-rc-4 (x)" })
	void buildsWithTheMavenOnThePathAndAJavaThatHasACompiler(String version) throws Exception {
		Path compiler = jdk("usr/lib/jvm/jdk-21", "21");
		Path runtime = jdk("usr/lib/jvm/jre-25", "25");
		Files.delete(runtime.resolve("bin/javac"));
		maven(version);
		Finished finished = run(this.checkout, Map.of(), "./mvnw", "verify", "two words");
		assertThat(finished.output()).isEqualTo("%s <verify> <two words>%n".formatted(compiler));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Apache Maven 3.6.3", "Apache Maven 2.2.1 (r801777)", "broken" })
	void doesNotBuildWithAnOlderMaven(String version) throws Exception {
		jdk("usr/lib/jvm/jdk-21", "21");
		maven(version);
		Finished finished = run(this.checkout, Map.of(), "./mvnw", "verify");
		assertThat(finished.exitCode()).isEqualTo(1);
		assertThat(finished.output()).isEmpty();
		assertThat(finished.errors()).contains("no Maven 3.8 or newer", "install maven or unzip");
	}

	@Test
	void doesNotBuildWithARuntimeOnly() throws Exception {
		Path runtime = jdk("usr/lib/jvm/jre-25", "25");
		Files.delete(runtime.resolve("bin/javac"));
		assertThat(reflect().java()).isEqualTo(runtime.toString());
		Finished finished = run(this.checkout, Map.of(), "./mvnw", "verify");
		assertThat(finished.exitCode()).isEqualTo(1);
		assertThat(finished.errors()).contains("No JDK of version 21", runtime + ": Java 25, without javac");
	}

	private Finished reflect() throws IOException, InterruptedException {
		return reflect(Map.of());
	}

	private Finished reflect(Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		return run(this.checkout, environment,
				Stream.concat(Stream.of("./reflect"), Stream.of(arguments)).toArray(String[]::new));
	}

	private Finished run(Path directory, Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		Path output = this.temporary.resolve("output");
		Path errors = this.temporary.resolve("errors");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		builder.environment().clear();
		builder.environment()
			.putAll(Map.of("PATH", this.path.toString(), "HOME", this.folders.resolve("home").toString(),
					"JAVA_FOLDERS_ROOT", this.folders.toString()));
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s has ended", List.of(command)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return new Finished(process.pid(), process.exitValue(), Files.readString(output), Files.readString(errors));
	}

	private Path jdk(String folder, String version) throws IOException {
		Path home = this.folders.resolve(folder);
		write(home.resolve("release"), "IMPLEMENTOR=\"Fake\"\nJAVA_VERSION=\"%s\"\nOS_ARCH=\"x\"\n".formatted(version));
		executable(home.resolve("bin/java"), PRINTS_ITS_CALL);
		executable(home.resolve("bin/javac"), "");
		return home;
	}

	private void maven(String version) throws IOException {
		executable(this.path.resolve("mvn"), """
				#!/bin/sh
				if [ "$1" = --version ]; then echo '%s'; exit; fi
				printf '%%s' "$JAVA_HOME"; printf ' <%%s>' "$@"; echo
				""".formatted(version));
	}

	private void fakeBuild(String commands) throws IOException {
		Files.delete(this.checkout.resolve("mvnw"));
		executable(this.checkout.resolve("mvnw"), "#!/bin/sh\n" + commands + "\n");
	}

	private static Path executable(Path file, String text) throws IOException {
		write(file, text);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private static Path write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private static Path find(String tool) {
		return Stream.of("/usr/bin", "/bin")
			.map((folder) -> Path.of(folder, tool))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new AssertionError(tool + " is neither in /usr/bin nor in /bin"));
	}

	/** What a launcher left behind. */
	private record Finished(long pid, int exitCode, String output, String errors) {

		String java() {
			return value("java");
		}

		String value(String name) {
			return this.output.lines()
				.filter((line) -> line.startsWith(name + " "))
				.findFirst()
				.orElseThrow(() -> new AssertionError("No %s in: %s%s".formatted(name, this.output, this.errors)))
				.substring(name.length() + 1);
		}

		/** All up to the jar. */
		List<String> jvmArguments() {
			List<String> all = arguments();
			return all.subList(0, all.indexOf("-jar") + 2);
		}

		List<String> applicationArguments() {
			List<String> all = arguments();
			return all.subList(all.indexOf("-jar") + 2, all.size());
		}

		private List<String> arguments() {
			return this.output.lines()
				.filter((line) -> line.startsWith("argument <"))
				.map((line) -> line.substring("argument <".length(), line.length() - 1))
				.toList();
		}

	}

}
