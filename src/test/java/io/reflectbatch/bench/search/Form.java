package io.reflectbatch.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.reflectbatch.store.WordScanner;

/**
 * What somebody remembers of a sentence, by rule. The order of the words stays.
 */
enum Form {

	/** The title of a conversation, as it is in the log. */
	TITLE,

	/** Every word. */
	EXACT,

	/** Without words that are in every text, in lower case. */
	KEYWORDS,

	/** Every second one of these words. */
	HALF,

	/**
	 * These words, and others of the same meaning in the place of those that have any. At
	 * least two and a quarter of them are replaced; other sentences have no such form.
	 */
	OTHER_WORDS;

	/** Fewer words are no question. */
	static final int FEWEST_WORDS = 3;

	private static final int FEWEST_REPLACED = 2;

	private static final int LEAST_SHARE = 4;

	private static final Set<String> STOP_WORDS = Pattern.compile(" ")
		.splitAsStream("a about after again all also am an and any are as at be "
				+ "been before being both but by can could d did do does doing don down each few for from further had has "
				+ "have having he her here him his how i if in into is it its just ll let m me more most my no nor not now "
				+ "of off on once only or other our out over own re s same she should so some such t than that the their "
				+ "them then there these they this those through to too under up ve very was we were what when where "
				+ "which while who why will with would you your")
		.collect(Collectors.toUnmodifiableSet());

	/**
	 * Only words that mean the same wherever programmers use them.
	 */
	private static final Map<String, String> SYNONYMS = synonyms("""
			add insert; added inserted; adding inserting; allow permit; allows permits; also additionally; answer reply;
			application program; argument parameter; arguments parameters; ask inquire; available accessible;
			avoid prevent; bug defect; bugs defects; build compile; built compiled; call invoke; called invoked;
			calling invoking; calls invokes; change modify; changed modified; changes modifications; check verify;
			checked verified; checking verifying; checks verifies; clean tidy; clear obvious; code program;
			command instruction; commands instructions; complete finished; configuration settings; correct right;
			correctly properly; create make; created made; creates makes; creating making; current present;
			data information; delete remove; deleted removed; deleting removing; different distinct;
			directory folder; directories folders; display show; displays shows; documentation manual; easy simple;
			edit alter; empty blank; ensure guarantee; ensures guarantees; entire whole; error failure;
			errors failures; example instance; examples instances; execute run; existing present; expected anticipated;
			explain describe; fail break; failed broke; failing breaking; fails breaks; feature capability;
			features capabilities; file document; files documents; find locate; finds locates; fix repair;
			fixed repaired; fixes repairs; fixing repairing; folder directory; format layout; function method;
			functions methods; get obtain; gets obtains; good fine; handle process; handles processes;
			handling processing; help assist; idea thought; implement realize; implemented realized;
			implementation realization; important essential; improve enhance; improved enhanced; include contain;
			includes contains; including containing; information data; initial first; input entry; install set;
			issue problem; issues problems; keep retain; large big; list enumeration; load read; location place;
			look see; main primary; make create; method function; methods functions; missing absent; modify change;
			move shift; moved shifted; name title; need require; needed required; needs requires; new fresh;
			option choice; options choices; original first; output result; page screen; path location; plan scheme;
			possible feasible; previous earlier; print write; problem issue; problems issues; process handle;
			project repository; provide supply; provides supplies; question query; questions queries; quick fast;
			quickly fast; read load; reason cause; remove delete; removed deleted; removes deletes;
			removing deleting; rename retitle; replace substitute; replaced substituted; request ask;
			require need; required needed; requires needs; result outcome; results outcomes; return give;
			returned gave; returns gives; review inspect; run execute; running executing; runs executes;
			save store; saved stored; script program; search look; see view; send transmit; sends transmits;
			server host; set assign; show display; showing displaying; shows displays; simple easy; small little;
			start begin; started began; starting beginning; starts begins; state condition; status state; step stage;
			steps stages; stop halt; stops halts; store save; string text; structure layout; support assistance;
			sure certain; task job; tasks jobs; test check; tested checked; testing checking; tests checks;
			text string; tool utility; tools utilities; try attempt; trying attempting; understand comprehend;
			update refresh; updated refreshed; updates refreshes; updating refreshing; use employ; used employed;
			user person; users people; uses employs; using employing; value content; values contents; verify check;
			version release; view look; want wish; wants wishes; warning alert; way manner; work function;
			working functioning; works functions; write record; writes records; writing recording; wrong incorrect""");

	private static Map<String, String> synonyms(String pairs) {
		return Pattern.compile(";\\s*")
			.splitAsStream(pairs.strip())
			.collect(Collectors.toUnmodifiableMap((pair) -> pair.substring(0, pair.indexOf(' ')),
					(pair) -> pair.substring(pair.indexOf(' ') + 1)));
	}

	/**
	 * Returns a sentence in this form.
	 * @param sentence what was said
	 * @return the question; empty if too little would be left of it
	 */
	Optional<String> of(String sentence) {
		List<String> words = words(sentence);
		return switch (this) {
			case TITLE, EXACT -> Optional.of(withoutQuotationMarks(sentence));
			case KEYWORDS -> question(keywords(words));
			case HALF -> question(everySecond(keywords(words)));
			case OTHER_WORDS -> inOtherWords(keywords(words));
		};
	}

	/**
	 * A search demands what stands in quotation marks: not what is measured.
	 */
	private static String withoutQuotationMarks(String text) {
		return text.replaceAll("[\"\u201C\u201D]", " ").strip().replaceAll("\\s+", " ");
	}

	/**
	 * Returns the words of a text. Of scripts that do not part words, two characters are
	 * one.
	 */
	static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		int end = 0;
		for (WordScanner scanner = new WordScanner(text); scanner.next();) {
			if (scanner.start() >= end) {
				words.add(text.substring(scanner.start(), scanner.end()));
				end = scanner.end();
			}
		}
		return words;
	}

	private static List<String> keywords(List<String> words) {
		return words.stream()
			.map((word) -> word.toLowerCase(Locale.ROOT))
			.filter((word) -> !STOP_WORDS.contains(word))
			.toList();
	}

	private static List<String> everySecond(List<String> words) {
		return IntStream.range(0, words.size()).filter((i) -> i % 2 == 0).mapToObj(words::get).toList();
	}

	private static Optional<String> inOtherWords(List<String> words) {
		List<String> others = words.stream().map((word) -> SYNONYMS.getOrDefault(word, word)).toList();
		long replaced = IntStream.range(0, words.size()).filter((i) -> !words.get(i).equals(others.get(i))).count();
		return (replaced >= FEWEST_REPLACED && replaced * LEAST_SHARE >= words.size()) ? question(others)
				: Optional.empty();
	}

	private static Optional<String> question(List<String> words) {
		return (words.size() >= FEWEST_WORDS) ? Optional.of(String.join(" ", words)) : Optional.empty();
	}

}
