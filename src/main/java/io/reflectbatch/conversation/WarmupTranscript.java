package io.reflectbatch.conversation;

/**
 * Recognises the transcripts of subagents that were only started to warm a cache: more
 * than half of all subagent files, with nothing to be found again in them.
 */
public final class WarmupTranscript {

	private static final String GREETING = "Warmup";

	private WarmupTranscript() {
	}

	/**
	 * Whether a whole file is such a transcript.
	 * @param file the file
	 * @param firstText the text of its first selected message
	 */
	public static boolean isWarmup(ConversationFile file, String firstText) {
		return file.sidechain() && firstText.strip().equals(GREETING);
	}

}
