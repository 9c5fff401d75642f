package io.reflectbatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.watch.EndpointFile;
import io.reflectbatch.watch.JavaCommand;
import io.reflectbatch.watch.ResidentMemory;
import io.reflectbatch.watch.Watch;
import io.reflectbatch.watch.WatchSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Imports again and again. This process stays small: it has no Spring, no model and no
 * connection. Other processes, which end, read the configuration and import.
 */
@Command(name = "watch", mixinStandardHelpOptions = true,
		description = { "Import when a log changes, and look every minute; until it is stopped.",
				"Takes the options of import and passes them on." })
final class WatchCommand implements Callable<Integer> {

	private static final String CHECK = "--check";

	/**
	 * The options that an import does not have.
	 */
	static final List<String> OWN = List.of(CHECK, "--interval", "--address", "--port");

	private static final Duration START = Duration.ofSeconds(60);

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", arity = "0..1", description = "A job file, as run takes it.")
	private @Nullable Path file;

	@Mixin
	private CommonOptions common = new CommonOptions();

	// Read by picocli only, which checks them; they are passed on as they were typed.
	@Mixin
	@SuppressWarnings("UnusedVariable")
	private ImportOptions options = new ImportOptions();

	@Mixin
	@SuppressWarnings("UnusedVariable")
	private WatchOptions watch = new WatchOptions();

	@Option(names = CHECK, description = "Ask the watch that runs how it is, and exit with 0 or 1; needs only --home.")
	private boolean check;

	@Override
	public Integer call() throws IOException {
		return this.check ? check() : watch();
	}

	private int check() {
		try {
			EndpointFile.Answer answer = new EndpointFile(home()).ask();
			PrintWriter out = this.spec.commandLine().getOut();
			out.println(answer.document());
			out.flush();
			return (answer.healthy() ? ExitCode.COMPLETED : ExitCode.FAILED).value();
		}
		catch (IOException ex) {
			err().println("reflect: the watch does not answer: " + ex.getMessage());
			err().flush();
			return ExitCode.FAILED.value();
		}
	}

	private Path home() {
		Map<String, String> variables = System.getenv();
		String named = variables.getOrDefault("REFLECT_HOME", "");
		return this.common.home()
			.orElseGet(() -> named.isBlank() ? ApplicationStarter.defaultHome(variables) : HomePathEditor.path(named));
	}

	private int watch() throws IOException {
		JavaCommand java = JavaCommand.ofThisProcess(this.spec.root().commandLine().getParseResult().originalArgs());
		Thread thread = Thread.currentThread();
		try (Signals signals = new Signals()) {
			signals.handleWith(thread::interrupt);
			Process asked = ask(java);
			return (asked.exitValue() == ExitCode.COMPLETED.value()) ? watch(java, settings(asked)) : asked.exitValue();
		}
		catch (InterruptedException ex) {
			return ExitCode.STOPPED.value();
		}
	}

	private int watch(JavaCommand java, WatchSettings settings) throws IOException {
		WatchedImports imports = new WatchedImports(java, commandLine(), settings.metrics(), ResidentMemory::anonymous);
		return new Watch(settings, imports, new WatchLines(err())).run();
	}

	// Another process reads the configuration with Spring, and ends.
	private Process ask(JavaCommand java) throws IOException, InterruptedException {
		List<String> arguments = arguments("watch-settings", List.of(CHECK));
		Process process = new ProcessBuilder(java.with(List.of(Lifeline.WATCHED + "=true"), arguments))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (!process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS)) {
			process.destroyForcibly();
			throw new IOException("The configuration was not read within " + START.toSeconds() + " s");
		}
		return process;
	}

	private static WatchSettings settings(Process asked) throws IOException {
		Properties answer = new Properties();
		answer.load(new StringReader(new String(asked.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)));
		LogFormat.use(answer.getProperty("log"));
		return new WatchSettings(Path.of(answer.getProperty("logs")), Path.of(answer.getProperty("home")),
				Path.of(answer.getProperty("metrics")), Duration.parse(answer.getProperty("interval")),
				answer.getProperty("address"), Integer.parseInt(answer.getProperty("port")));
	}

	private List<String> commandLine() {
		return arguments((this.file != null) ? "run" : "import", OWN);
	}

	private List<String> arguments(String command, List<String> without) {
		List<String> arguments = new ArrayList<>();
		arguments.add(command);
		if (this.file != null) {
			arguments.add(this.file.toString());
		}
		arguments.addAll(WatchedImports.options(this.spec.commandLine().getParseResult(), without));
		return arguments;
	}

	private PrintWriter err() {
		return this.spec.commandLine().getErr();
	}

}
