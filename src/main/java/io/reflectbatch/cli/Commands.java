package io.reflectbatch.cli;

import java.util.List;

/**
 * The commands, which are created by name and not by what annotations say: finding out
 * the options of all of them would take a good part of the time in which one answers.
 */
final class Commands {

	/**
	 * The names in the order of the help.
	 */
	static final List<String> NAMES = List.of("import", "watch", "run", "search", "history", "show", "files", "stop",
			"restart", "verify", "prune", "reembed", "export-state", "adopt-state", "watch-settings");

	private Commands() {
	}

	/**
	 * Creates a command.
	 * @param name one of the names
	 * @param starter what the command starts Spring with
	 */
	static Object create(String name, ApplicationStarter starter) {
		return switch (name) {
			case "import" -> new ImportCommand(starter);
			case "watch" -> new WatchCommand();
			case "run" -> new RunCommand(starter);
			case "search" -> new SearchCommand(starter);
			case "history" -> new HistoryCommand(starter);
			case "show" -> new ShowCommand(starter);
			case "files" -> new FilesCommand(starter);
			case "stop" -> new StopCommand(starter);
			case "restart" -> new RestartCommand(starter);
			case "verify" -> new VerifyCommand(starter);
			case "prune" -> new PruneCommand(starter);
			case "reembed" -> new ReembedCommand(starter);
			case "export-state" -> new ExportStateCommand(starter);
			case "adopt-state" -> new AdoptStateCommand(starter);
			case "watch-settings" -> new WatchSettingsCommand(starter);
			default -> throw new IllegalArgumentException(name);
		};
	}

}
