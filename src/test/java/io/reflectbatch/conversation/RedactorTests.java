package io.reflectbatch.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.conversation.Secrets.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the rules, one example and one counter-example at a time, and their time.
 */
class RedactorTests {

	/**
	 * The digest of all rules of {@link SecretRules#VERSION}. When this test fails, count
	 * the version up as well: it is how the ledger knows which files are to be imported
	 * anew when they grow.
	 */
	private static final String RULES_OF_VERSION_1 = "571cf0fdcd5d2444";

	private final Redactor redactor = Redactor.ofSecrets();

	static List<Example> examples() {
		return Secrets.examples();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void redactsEveryShapeAndKeepsWhatSurroundsIt(Example example) {
		assertThat(this.redactor.redact(example.text())).isEqualTo(example.redacted());
		assertThat(this.redactor.secretsIn(example.text())).isEqualTo(Map.of(example.rule(), 1));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void redactsInTheMiddleOfASentence(Example example) {
		String before = "Größe 数 \ud83d\ude00: use `";
		assertThat(this.redactor.redact(before + example.text() + "`, please."))
			.isEqualTo(before + example.redacted() + "`, please.");
	}

	@ParameterizedTest
	@MethodSource("examples")
	void redactsNothingInATextThatWasRedacted(Example example) {
		assertThat(this.redactor.redact(example.redacted())).isEqualTo(example.redacted());
	}

	@Test
	void everyRuleHasAnExample() {
		Set<String> shown = examples().stream().map(Example::rule).collect(Collectors.toSet());
		assertThat(rules().map(SecretRule::id)).allSatisfy((id) -> assertThat(shown).contains(id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
			"aws_secret_access_key = <your key of forty characters, no less>", "Asia and the AKIA of 1234567890123456",
			"sk-...", "sk-ant-api03-...", "sk-your-key-here", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
			"ghp_000000000000000000000000000000000000", "ghp_tooshort", "github_pat_YOUR_TOKEN", "xoxb-your-token-here",
			"https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
			"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
			"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u\n-----END PUBLIC KEY-----",
			"grep -r -----BEGIN .", "password=<password>", "password=hunter2", "https://user:password@example.com",
			"https://user:${TOKEN}@github.com", "https://user:<token>@github.com", "https://$USER:$PASS@host/",
			"postgres://postgres:postgres@localhost:5432/app", "mysql://root:root@db", "redis://:xxxxxxxx@cache",
			"http://localhost:8080/@scope/package", "http://host:8080?to=a@b.de", "git@github.com:owner/name.git",
			"ssh://git@github.com:22/owner/name", "mailto:jane@corp.net", "https://corp.net:443/a:b@c",
			"_authToken=${NPM_TOKEN}", "_authToken=$NPM_TOKEN", "Authorization: Bearer YOUR_API_TOKEN_OF_GREAT_LENGTH",
			"Authorization: Bearer $TOKEN", "the bearer of-these-rather-long-words-with-hyphens",
			"Authorization: Basic dXNlcjpwYXNzd29yZA==", "authorization: basic knowledge", "?password=password",
			"?access_token={{ token }}", "eyJhbGciOiJIUzI1NiJ9", "npm_config_registry", "npm_lifecycle_event",
			"hf_hub_download", "sk_live_", "vcr_cassettes_directory_name", "dapi", "ntn_", "SG.UTF-8.json", "figd_",
			"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
			"commit 4f3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c",
			"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			"550e8400-e29b-41d4-a716-446655440000" })
	void leavesPlaceholdersAndOrdinaryTextAlone(String text) {
		assertThat(this.redactor.redact(text)).isSameAs(text);
		assertThat(this.redactor.secretsIn(text)).isEmpty();
	}

	@Test
	void countsByRule() {
		List<Example> examples = examples();
		String all = examples.stream().map(Example::text).collect(Collectors.joining("\n\n"));
		assertThat(this.redactor.secretsIn(all)).isEqualTo(
				examples.stream().collect(Collectors.groupingBy(Example::rule, Collectors.summingInt((one) -> 1))));
	}

	@Test
	void leavesEverythingAsItIsWhereNothingIsToBeRedacted() {
		String text = examples().getFirst().text();
		assertThat(Redactor.none().redact(text)).isSameAs(text);
		assertThat(Redactor.none().secretsIn(text)).isEmpty();
	}

	/**
	 * What would take long if a pattern went back over what it has read, or if much were
	 * read for nothing: at the length that a message can have, and for every keyword.
	 */
	@ParameterizedTest
	@MethodSource("hostile")
	@Timeout(value = 20, unit = TimeUnit.SECONDS)
	void takesTimeInProportionToTheLength(String part) {
		assertThat(this.redactor.redact(part.repeat((4 << 20) / part.length()))).isNotEmpty();
	}

	static List<String> hostile() {
		return List.of("a", "://", "://a:", "://a:b", "://aaaa:bbbb:", "eyJ", "_eyJ", "eyJ.eyJ.", " eyJaaaaaaaaaaa.eyJ",
				"-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n", "bearer ", "bearer a",
				"?password=", "secret_access_key \" : \"", "ya29.");
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void takesTimeInProportionToTheLengthWhateverTheKeyword() {
		rules().flatMap((rule) -> rule.keywords().stream())
			.flatMap((keyword) -> Stream.of(keyword, " " + keyword + "a1B2", keyword + "A".repeat(50)))
			.forEach((part) -> assertThat(this.redactor.redact(part.repeat((128 << 10) / part.length()))).isNotEmpty());
	}

	@Test
	void theVersionIsCountedUpWithEveryChangeOfARule() throws NoSuchAlgorithmException {
		String rules = rules().map(SecretRule::toString).collect(Collectors.joining("\n"));
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(rules.getBytes(StandardCharsets.UTF_8));
		assertThat(SecretRules.VERSION).isOne();
		assertThat(HexFormat.of().formatHex(digest, 0, 8)).isEqualTo(RULES_OF_VERSION_1);
	}

	private static Stream<SecretRule> rules() {
		return Stream.concat(SecretRules.SECRETLINT.stream(), SecretRules.OWN.stream());
	}

}
