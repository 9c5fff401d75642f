package io.reflectbatch.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds many keywords in one pass over a text, whatever the case of their letters: a step
 * a character, however many keywords there are. Immutable.
 *
 * @see <a href="https://doi.org/10.1145/360825.360855">Aho and Corasick, Efficient String
 * Matching: An Aid to Bibliographic Search</a>
 */
final class Keywords {

	private static final int ASCII = 128;

	private static final int NONE = -1;

	/**
	 * Characters that no keyword has are all alike.
	 */
	private final int[] classes = new int[ASCII];

	private final int width;

	/**
	 * From a state and a class to the next state, negated bit by bit if keywords end
	 * there. A state is the index of its first entry.
	 */
	private final int[] transitions;

	/**
	 * Which keywords end in a state, by its number; the longest first.
	 */
	private final int[][] found;

	/**
	 * Builds the automaton.
	 * @param keywords the keywords, in lower case and ASCII
	 */
	Keywords(List<String> keywords) {
		this.width = classify(keywords);
		Trie trie = new Trie(this.width);
		for (int index = 0; index < keywords.size(); index++) {
			trie.add(keywords.get(index).chars().map((character) -> this.classes[character]).toArray(), index);
		}
		trie.connect();
		this.transitions = trie.transitions();
		this.found = trie.found();
	}

	private int classify(List<String> keywords) {
		int next = 1;
		for (int character : String.join("", keywords).chars().distinct().toArray()) {
			this.classes[character] = next;
			this.classes[Character.toUpperCase(character)] = next++;
		}
		return next;
	}

	/**
	 * Reads a text.
	 * @param text the text
	 * @param listener hears of every keyword that stands in it, in the order of their
	 * ends, the longest first
	 */
	void find(String text, Listener listener) {
		int state = 0;
		int index = 0;
		while (index < text.length()) {
			char character = text.charAt(index++);
			int next = this.transitions[state + ((character < ASCII) ? this.classes[character] : 0)];
			if (next >= 0) {
				state = next;
			}
			else {
				int readOn = report(~next, index, listener);
				state = (readOn > index) ? 0 : ~next;
				index = readOn;
			}
		}
	}

	private int report(int state, int end, Listener listener) {
		for (int keyword : this.found[state / this.width]) {
			int readOn = listener.found(keyword, end);
			if (readOn > end) {
				return readOn;
			}
		}
		return end;
	}

	/**
	 * Hears of keywords.
	 */
	interface Listener {

		/**
		 * A keyword was found.
		 * @param keyword its index in the list of keywords
		 * @param end where it ends
		 * @return where to read on: the end, or a place behind it if everything before
		 * that place is dealt with
		 */
		int found(int keyword, int end);

	}

	/**
	 * The automaton in the making.
	 */
	private static final class Trie {

		private static final int[] NOTHING = {};

		private final int width;

		private final List<int[]> next = new ArrayList<>();

		private final List<int[]> found = new ArrayList<>();

		Trie(int width) {
			this.width = width;
			addNode();
		}

		private int addNode() {
			int[] children = new int[this.width];
			Arrays.fill(children, NONE);
			this.next.add(children);
			this.found.add(NOTHING);
			return this.next.size() - 1;
		}

		void add(int[] keyword, int index) {
			int node = 0;
			for (int character : keyword) {
				int child = this.next.get(node)[character];
				if (child == NONE) {
					child = addNode();
					this.next.get(node)[character] = child;
				}
				node = child;
			}
			this.found.set(node, joined(this.found.get(node), new int[] { index }));
		}

		/**
		 * Breadth first: where a node has no child, the longest end of what was read that
		 * begins a keyword says where to go on.
		 */
		void connect() {
			int[] fallback = new int[this.next.size()];
			Deque<Integer> queue = new ArrayDeque<>(List.of(0));
			while (!queue.isEmpty()) {
				int node = queue.remove();
				int[] children = this.next.get(node);
				for (int character = 0; character < this.width; character++) {
					int elsewhere = (node == 0) ? 0 : this.next.get(fallback[node])[character];
					int child = children[character];
					if (child == NONE) {
						children[character] = elsewhere;
					}
					else {
						fallback[child] = elsewhere;
						this.found.set(child, joined(this.found.get(child), this.found.get(elsewhere)));
						queue.add(child);
					}
				}
			}
		}

		private static int[] joined(int[] first, int[] second) {
			return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
		}

		int[] transitions() {
			int[] transitions = new int[this.next.size() * this.width];
			for (int node = 0; node < this.next.size(); node++) {
				for (int character = 0; character < this.width; character++) {
					int to = this.next.get(node)[character];
					int state = to * this.width;
					transitions[node * this.width + character] = (this.found.get(to).length > 0) ? ~state : state;
				}
			}
			return transitions;
		}

		int[][] found() {
			return this.found.toArray(int[][]::new);
		}

	}

}
