package io.reflectbatch.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What was taken over from a state file.
 *
 * @param adopted the number of files taken over
 * @param changed how many of them have changed since, so that the next import reads them
 * @param missing how many of them are not on this machine
 * @param known the number of files that this application had imported itself
 * @param foreign entries that are not below the configured prefix, the first few
 * @param foreignCount how many there are of those
 */
public record Adoption(int adopted, int changed, int missing, int known, List<String> foreign, int foreignCount) {

	/**
	 * Counts while a state file is read.
	 */
	static final class Counter {

		private static final int EXAMPLES = 3;

		private final List<String> foreign = new ArrayList<>();

		private int adopted;

		private int changed;

		private int missing;

		private int known;

		private int foreignCount;

		void adopted(boolean present, boolean unchanged) {
			this.adopted++;
			this.missing += present ? 0 : 1;
			this.changed += unchanged ? 0 : 1;
		}

		void known() {
			this.known++;
		}

		void foreign(String path) {
			this.foreignCount++;
			if (this.foreign.size() < EXAMPLES) {
				this.foreign.add(path);
			}
		}

		Adoption result() {
			return new Adoption(this.adopted, this.changed, this.missing, this.known, List.copyOf(this.foreign),
					this.foreignCount);
		}

	}

}
