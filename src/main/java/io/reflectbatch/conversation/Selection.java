package io.reflectbatch.conversation;

/**
 * The verdict on a line of a log.
 */
public sealed interface Selection {

	/**
	 * The line is a message to be found again.
	 *
	 * @param role the speaker
	 * @param text what was said; not empty
	 * @param origin the kind of line it comes from
	 */
	record Selected(String role, String text, Origin origin) implements Selection {

		static final String USER = "user";

		/**
		 * Returns whether the user says it, and not the assistant.
		 */
		public boolean isPrompt() {
			return this.role.equals(USER);
		}

	}

	/**
	 * The line is passed over.
	 *
	 * @param reason why
	 * @param type the type of the line
	 */
	record Skipped(SkipReason reason, String type) implements Selection {

		private static final int MAX_TYPE_LENGTH = 40;

		static Skipped of(SkipReason reason, LogEntry entry) {
			return new Skipped(reason, entry.type());
		}

		/**
		 * The words under which to count the line, the same for every line that was
		 * passed over for the same reason; lines of other types are told apart by type.
		 */
		public String label() {
			if (this.reason != SkipReason.OTHER_TYPE) {
				return this.reason.toString();
			}
			return this.type.isEmpty() ? "lines without type" : shortened(this.type) + " lines";
		}

		private static String shortened(String type) {
			if (type.length() <= MAX_TYPE_LENGTH) {
				return type;
			}
			boolean insidePair = Character.isSurrogatePair(type.charAt(MAX_TYPE_LENGTH - 1),
					type.charAt(MAX_TYPE_LENGTH));
			return type.substring(0, insidePair ? MAX_TYPE_LENGTH - 1 : MAX_TYPE_LENGTH);
		}

	}

}
