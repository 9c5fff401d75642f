package io.reflectbatch.conversation;

/**
 * What stands in logs as a message and is not to be found again. Each kind has a rule of
 * its own that leaves it out, so that what the rule does can be measured without it.
 */
public enum Noise {

	/**
	 * What the program wraps around commands, their output, notifications and reminders.
	 */
	WRAPPERS,

	/**
	 * Texts that the program added, for example the body of a skill.
	 */
	META,

	/**
	 * The summary at the beginning of a compacted session, which repeats it.
	 */
	COMPACT_SUMMARIES,

	/**
	 * Failed requests.
	 */
	API_ERRORS,

	/**
	 * What no model has said.
	 */
	SYNTHETIC,

	/**
	 * Slash commands without anything else, typed while the assistant was busy.
	 */
	COMMANDS,

	/**
	 * What waited for the assistant, and nobody has typed.
	 */
	NOT_TYPED,

	/**
	 * Transcripts of subagents that were only started to warm a cache.
	 */
	WARM_UPS,

	/**
	 * Messages that another line has as well: in a resumed or forked session, or because
	 * they were typed while the assistant was busy.
	 */
	COPIES

}
