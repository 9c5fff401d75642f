package io.reflectbatch.conversation;

import java.util.List;
import java.util.Random;

/**
 * Makes up texts of the lengths and languages of real logs.
 */
public final class SyntheticText {

	private static final List<List<String>> LANGUAGES = List.of(words("""
			the importer keeps its place when killed between write and commit please check chunk index Qdrant
			`FileLedger.java` function returns wrong offset test passes now"""), words("""
			the build fails because a dependency is missing let us look at pom.xml first then run mvn verify
			again connection refused localhost:6334 docker compose up"""), words("""
			请 检查 数据库 连接 是否 正常 导入 程序 在 提交 之前 被 终止 向量 存储 需要 重新 索引 文件 偏移 测试 通过"""), words("""
			가져오기 프로그램이 중단된 위치에서 다시 시작합니다 파일 색인 오류 확인 테스트"""), words("""
			проверь почему импорт падает на больших файлах и продолжи с последней позиции"""), words("""
			o importador não perde a posição quando é interrompido então verifique o índice 🚀 👍🏽 🇧🇷 😀"""));

	/**
	 * A quarter of the messages is Chinese.
	 */
	private static final int[] SHARES = { 0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 5, 0 };

	private static final int MAX_LENGTH = 20_000;

	private final Random random;

	public SyntheticText(Random random) {
		this.random = random;
	}

	private static List<String> words(String text) {
		return List.of(text.strip().split("\\s+"));
	}

	/**
	 * What somebody says: half of the texts are longer than 93 characters, one in a
	 * hundred is longer than 11,000.
	 */
	public String message() {
		return ofLength(length(93, 2.05));
	}

	/**
	 * What a tool returns: median 600 characters, one in a hundred longer than 40,000.
	 */
	String output() {
		return ofLength(length(600, 1.8)) + "\nBUILD \"done\"\t\\ 100 %";
	}

	private int length(int median, double spread) {
		return (int) Math.min(MAX_LENGTH, 1 + median * Math.exp(this.random.nextGaussian() * spread));
	}

	private String ofLength(int length) {
		List<String> words = LANGUAGES.get(SHARES[this.random.nextInt(SHARES.length)]);
		StringBuilder text = new StringBuilder(length + 20);
		while (text.length() < length) {
			if (!text.isEmpty()) {
				text.append((this.random.nextInt(12) != 0) ? " " : "\n\n");
			}
			text.append(words.get(this.random.nextInt(words.size())));
		}
		return text.toString();
	}

}
