package io.reflectbatch.conversation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Made-up secrets, one for each shape that a rule knows. They are put together here, so
 * that nobody who looks for leaked secrets finds any in the sources.
 */
final class Secrets {

	private static final String DIGITS = "0123456789";

	private static final String HEX = DIGITS + "abcdef";

	private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	private static final String LETTERS = UPPER + UPPER.toLowerCase(Locale.ROOT);

	private static final String ALPHANUMERIC = LETTERS + DIGITS;

	private static final String BASE64 = ALPHANUMERIC + "+/";

	private static final String URL64 = ALPHANUMERIC + "-_";

	private final Random random = new Random(20260131);

	private final List<Example> examples = new ArrayList<>();

	private Secrets() {
		keys();
		cloudKeys();
		tokens();
		tokensOfAssistants();
		inAddresses();
	}

	/**
	 * Every shape at least once.
	 */
	static List<Example> examples() {
		return new Secrets().examples;
	}

	private void keys() {
		String body = base64Lines(1600);
		for (String kind : List.of("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ")) {
			whole("private-key", pem(kind + "PRIVATE KEY", "\n" + body + "\n"));
		}
		whole("private-key", pem("RSA PRIVATE KEY",
				"\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n" + body + "\n"));
		whole("private-key", pem("PGP PRIVATE KEY BLOCK", "\nVersion: GnuPG v2\n\n" + body + "=\n"));
		whole("private-key", pem("PRIVATE KEY", "\\n" + body.replace("\n", "\\n") + "\\n"));
		whole("private-key", pem("PRIVATE KEY", "\r\n" + body.replace("\n", "\r\n") + "\r\n"));
		String cutOff = pem("PRIVATE KEY", "\n" + body);
		part("private-key", "", cutOff.substring(0, cutOff.indexOf("-----END")), "\n\nThat is it.");
	}

	private String pem(String kind, String body) {
		return "-----BEGIN " + kind + "-----" + body + "-----END " + kind + "-----";
	}

	private String base64Lines(int length) {
		return ("MII" + of(BASE64, length)).replaceAll("(.{64})", "$1\n").strip();
	}

	private void cloudKeys() {
		whole("aws-access-key", "AKIA" + of(UPPER + DIGITS, 16));
		whole("aws-access-key", "ASIA" + of(UPPER + DIGITS, 16));
		part("aws-secret-key", "aws_secret_access_key = ", of(BASE64, 40), "\n");
		part("aws-secret-key", "\"SecretAccessKey\": \"", of(BASE64, 40), "\",");
		part("aws-secret-key", "export AWS_SECRET_ACCESS_KEY=", of(BASE64, 40), "");
		part("azure-key", "AccountName=logs;AccountKey=", of(BASE64, 86) + "==", ";EndpointSuffix=core");
		part("azure-key", "SharedAccessKeyName=all;SharedAccessKey=", of(BASE64, 43) + "=", "");
		whole("google-api-key", "AIza" + of(URL64, 35));
		whole("google-oauth-token", "GOCSPX-" + of(URL64, 28));
		whole("google-oauth-token", "ya29." + of(URL64, 120));
		whole("digitalocean-token", "dop_v1_" + of(HEX, 64));
		whole("cloudflare-token", "cfut_" + of(ALPHANUMERIC, 40) + of(HEX, 8));
		whole("vercel-token", "vcp_" + of(ALPHANUMERIC, 24) + "7");
		whole("databricks-token", "dapi" + of(HEX, 32));
		whole("databricks-token", "dapi" + of(HEX, 32) + "-2");
		whole("vault-token", "hvs." + of(URL64, 95));
		whole("vault-token", "hvb." + of(URL64, 150));
		whole("tailscale-key", "tskey-auth-" + of(ALPHANUMERIC, 12) + "-" + of(ALPHANUMERIC, 32));
		whole("grafana-token", "glc_" + of(BASE64, 120) + "=");
		whole("grafana-token", "glsa_" + of(ALPHANUMERIC, 32) + "_" + of(HEX, 8));
		whole("docker-token", "dckr_pat_" + of(URL64, 27));
	}

	private void tokens() {
		for (String kind : List.of("ghp", "gho", "ghu", "ghs", "ghr")) {
			whole("github-token", kind + "_" + of(ALPHANUMERIC, 36));
		}
		whole("github-token", "ghs_1234567_" + jwt());
		whole("github-token", "github_pat_" + of(ALPHANUMERIC, 22) + "_" + of(ALPHANUMERIC, 59));
		whole("gitlab-token", "glpat-" + of(URL64, 20));
		whole("gitlab-token", "glpat-" + of(URL64, 27) + ".01." + of(HEX, 9));
		whole("npm-token", "npm_" + of(ALPHANUMERIC, 36));
		part("npmrc-token", "//registry.example/:_authToken=", of(HEX, 36), "\n");
		whole("pypi-token", "pypi-" + "AgEIcHlwaS5vcmc" + of(URL64, 120));
		whole("slack-token", "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + of(ALPHANUMERIC, 24));
		whole("slack-token", "xapp-1-A" + of(DIGITS, 10) + "-" + of(DIGITS, 13) + "-" + of(HEX, 64));
		part("slack-webhook", "https://hooks.slack.com/services/",
				"T" + of(UPPER, 8) + "/B" + of(UPPER, 10) + "/" + of(ALPHANUMERIC, 24), "");
		whole("stripe-key", "sk_" + "live_" + of(ALPHANUMERIC, 24));
		whole("stripe-key", "rk_" + "test_" + of(ALPHANUMERIC, 99));
		whole("sendgrid-key", "SG." + of(URL64, 22) + "." + of(URL64, 42) + "a");
		whole("shopify-token", "shpat_" + of(HEX, 32));
		whole("linear-key", "lin_api_" + of(ALPHANUMERIC, 40));
		whole("notion-token", "ntn_" + of(DIGITS, 11) + of(ALPHANUMERIC, 35));
		whole("figma-token", "figd_" + of(URL64, 40));
		whole("1password-token", "ops_ey" + of(BASE64, 400) + "fQ==");
		whole("jwt", jwt());
		part("bearer-token", "curl -H 'Authorization: Bearer ", of(HEX, 40), "' localhost");
		part("basic-authorization", "Authorization: Basic ",
				Base64.getEncoder().encodeToString(("jane:" + of(ALPHANUMERIC, 12)).getBytes(StandardCharsets.UTF_8)),
				"\n");
	}

	private String jwt() {
		return "eyJ" + of(URL64, 33) + ".eyJ" + of(URL64, 80) + "." + of(URL64, 43);
	}

	private void tokensOfAssistants() {
		whole("anthropic-key", "sk-ant-api03-" + of(URL64, 93) + "AA");
		whole("anthropic-key", "sk-ant-oat01-" + of(URL64, 93) + "AA");
		whole("openai-key", "sk-" + of(ALPHANUMERIC, 20) + "T3BlbkFJ" + of(ALPHANUMERIC, 20));
		whole("openai-key", "sk-proj-" + of(URL64, 74) + "T3BlbkFJ" + of(URL64, 73) + "a");
		whole("openrouter-key", "sk-or-v1-" + of(HEX, 64));
		whole("groq-key", "gsk_" + of(ALPHANUMERIC, 52));
		whole("huggingface-token", "hf_" + of(LETTERS, 34));
	}

	private void inAddresses() {
		part("url-password", "https://jane:", "correct-horse", "@git.corp.net/a.git");
		part("url-password", "postgres://app:", "p1;x#y?z", "@db:5432/app");
		part("url-password", "mongodb+srv://app:", "Tr0ub4dor", "@cluster0.mongodb.net/?retryWrites=true");
		part("url-password", "redis://:", of(ALPHANUMERIC, 12), "@cache:6379");
		part("url-password", "https://", of(HEX, 40), ":x-oauth-basic@github.com/a/b");
		part("url-parameter", "jdbc:postgresql://db/app?user=app&password=", of(ALPHANUMERIC, 12), "&ssl=true");
		part("url-parameter", "https://api.corp.net/v1?access_token=", of(HEX, 40), "");
	}

	private void whole(String rule, String secret) {
		part(rule, "", secret, "");
	}

	private void part(String rule, String before, String secret, String after) {
		this.examples.add(new Example(rule, before, secret, after));
	}

	private String of(String alphabet, int length) {
		StringBuilder text = new StringBuilder();
		for (int index = 0; index < length; index++) {
			text.append(alphabet.charAt(this.random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	/**
	 * A secret as it stands in a text.
	 *
	 * @param rule the rule that knows it
	 * @param before what stays before it
	 * @param secret what is secret
	 * @param after what stays behind it
	 */
	record Example(String rule, String before, String secret, String after) {

		String text() {
			return this.before + this.secret + this.after;
		}

		String redacted() {
			return this.before + "[REDACTED:" + this.rule + "]" + this.after;
		}

		@Override
		public String toString() {
			return this.rule + " " + this.before + "…" + this.after;
		}

	}

}
