package io.reflectbatch.conversation;

import java.util.List;

import io.reflectbatch.conversation.SecretRule.Check;

/**
 * The secrets that are known by their shape.
 * <p>
 * Most rules are those of
 * <a href="https://github.com/secretlint/secretlint">secretlint</a>, from the npm package
 * {@code @secretlint/secretlint-rule-preset-recommend} 13.0.7 (MIT licence, see NOTICE),
 * written so that no pattern goes back over what it has read: quantifiers are possessive
 * or bounded. Differences in what they match are noted. Those of {@link #OWN} follow what
 * the providers document.
 */
final class SecretRules {

	/**
	 * The version of the rules, which the ledger remembers. To be counted up with every
	 * change: the text of a file that goes on must have been redacted by the same rules.
	 */
	static final int VERSION = 1;

	/**
	 * Base64url, in which most tokens are written.
	 */
	private static final String URL64 = "[A-Za-z0-9_-]";

	private static final String NOT_URL64 = "(?!" + URL64 + ")";

	private static final String AFTER_NO_LETTER = "(?<!\\p{L})";

	private static final String AFTER_NO_WORD = "(?<![A-Za-z0-9_-])";

	private static final String ASSIGNED = "\\\\?[\"']?\\s{0,10}(?::|=>|=)\\s{0,10}\\\\?[\"']?";

	private static final String KEY_LINES = "(?:\\s|\\\\[nrt]){1,4}+"
			+ "(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): [^\\n\\\\]{0,200}+(?:\\s|\\\\[nrt]){1,4}+){0,5}+";

	private static final String LINE_END = "(?:\\r?\\n|(?:\\\\r)?\\\\n)[ \\t]{0,20}+";

	/**
	 * Lines of a key, and the beginning of a line that was cut off; not the first word
	 * behind the key.
	 */
	private static final String CUT_OFF = "(?:[A-Za-z0-9+/=]{40,}+" + LINE_END
			+ "){2,500}+(?:[A-Za-z0-9+/=]{1,}+(?![ \\t]?[A-Za-z0-9]))?";

	static final List<SecretRule> SECRETLINT = List.of(
			// Without the end, too: a key that was cut off is one that somebody has. Any
			// kind, with headers, and whatever the first bytes are.
			rule("private-key", List.of("-----begin"),
					"-----BEGIN[ A-Z]{0,40}PRIVATE KEY(?: BLOCK)?-----" + KEY_LINES
							+ "(?:[A-Za-z0-9+/=\\\\\\s]{100,20000}+-----END[ A-Z]{0,40}PRIVATE KEY(?: BLOCK)?-----|"
							+ CUT_OFF + ")",
					Check.SHAPE),
			rule("aws-access-key", List.of("a3t", "akia", "agpa", "aida", "aroa", "aipa", "anpa", "anva", "asia"),
					AFTER_NO_WORD
							+ "(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}+(?![A-Za-z0-9_])",
					Check.RANDOM),
			rule("aws-secret-key", List.of("secret_access_key", "secretaccesskey"),
					"(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)" + ASSIGNED
							+ "([A-Za-z0-9/+]{40}+)(?![A-Za-z0-9/+=])",
					Check.RANDOM),
			rule("npm-token", List.of("npm_"), AFTER_NO_LETTER + "npm_[A-Za-z0-9_]{36}+(?![A-Za-z0-9_])", Check.RANDOM),
			rule("npmrc-token", List.of("_authtoken="), "_authToken=([^\\s$\"'<>{}]{8,512}+)", Check.RANDOM),
			// With a digit: xoxb-your-token-here is none.
			rule("slack-token", List.of("xoxb-", "xoxp-", "xapp-", "xoxa-", "xoxo-", "xoxr-", "xoxe-", "xoxs-"),
					AFTER_NO_WORD + "(?:xox[bpaores]|xapp)-(?:[A-Za-z0-9]{1,80}+-){1,8}+[A-Za-z0-9]{1,200}+",
					Check.RANDOM_WITH_DIGIT),
			rule("slack-webhook", List.of("hooks.slack.com/services/"),
					"(?i)hooks\\.slack\\.com/services/(T[A-Z0-9]{1,40}+/B[A-Z0-9]{1,40}+/[A-Z0-9]{1,40}+)",
					Check.RANDOM),
			// The user is the secret, in both that GitHub knew.
			rule("url-password", List.of("://"), "://([^\\s:/?#@]{16,256}+):x-oauth-basic@", Check.RANDOM),
			// Any scheme, not only those of web servers and databases; the host and the
			// user stay.
			rule("url-password", List.of("://"),
					"://(?!([^\\s:/?#@]{1,256}+):(?:\\1@|[0-9]{1,5}[?#,;]))[^\\s:/?#@\"'`<>(){}\\[\\]|\\\\]{0,256}+:"
							+ "([^\\s/@\"'`<>]{1,256}+)@[A-Za-z0-9\\[]",
					Check.PASSWORD),
			rule("openai-key", List.of("sk-"),
					AFTER_NO_WORD + "(?:sk-(?:proj|svcacct|admin)-(?:" + URL64 + "{74}|" + URL64 + "{58})T3BlbkFJ(?:"
							+ URL64 + "{74}|" + URL64 + "{58})" + NOT_URL64
							+ "|sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}(?![A-Za-z0-9]))",
					Check.RANDOM),
			// Also the tokens of sign-ins (oat, ort) and of administrators.
			rule("anthropic-key", List.of("sk-ant-"),
					AFTER_NO_LETTER + "sk-ant-[a-z]{3,10}+[0-9]{2}-" + URL64 + "{80,200}+", Check.RANDOM),
			rule("groq-key", List.of("gsk_"), AFTER_NO_LETTER + "gsk_[a-zA-Z0-9]{52}+(?![a-zA-Z0-9])", Check.RANDOM),
			rule("huggingface-token", List.of("hf_"), AFTER_NO_LETTER + "hf_[a-zA-Z]{34}+(?![a-zA-Z])", Check.RANDOM),
			rule("linear-key", List.of("lin_api_"), AFTER_NO_LETTER + "lin_api_[a-zA-Z0-9_]{32,128}+(?![a-zA-Z0-9_])",
					Check.RANDOM),
			rule("notion-token", List.of("ntn_"), AFTER_NO_LETTER + "ntn_[0-9]{11}+[A-Za-z0-9]{35}+(?![A-Za-z0-9])",
					Check.RANDOM),
			// The documented lengths, where secretlint counts 69 characters in all.
			rule("sendgrid-key", List.of("sg."),
					AFTER_NO_LETTER + "SG\\." + URL64 + "{22}+\\." + URL64 + "{43}+" + NOT_URL64, Check.RANDOM),
			rule("shopify-token", List.of("shppa_", "shpca_", "shpat_", "shpss_"),
					AFTER_NO_LETTER + "(?:shppa|shpca|shpat|shpss)_[a-zA-Z0-9]{32,64}+(?![a-zA-Z0-9])", Check.RANDOM),
			rule("stripe-key", List.of("sk_live_", "sk_test_", "rk_live_", "rk_test_"),
					AFTER_NO_LETTER + "(?:sk|rk)_(?:live|test)_[a-zA-Z0-9]{24,99}+(?![a-zA-Z0-9])", Check.RANDOM),
			rule("github-token", List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
					AFTER_NO_LETTER + "(?:gh[pousr]_[A-Za-z0-9_]{36}+(?![A-Za-z0-9_])|ghs_[0-9]{1,20}+_" + URL64
							+ "{1,1000}+\\." + URL64 + "{1,3000}+\\." + URL64 + "{1,1000}+)",
					Check.RANDOM),
			rule("github-token", List.of("github_pat_"),
					AFTER_NO_LETTER + "github_pat_[A-Za-z0-9_]{82}+(?![A-Za-z0-9_])", Check.RANDOM),
			// Also the longer ones, which have dots.
			rule("gitlab-token", List.of("glpat-"), AFTER_NO_LETTER + "glpat-[A-Za-z0-9_.-]{20,128}+", Check.RANDOM),
			rule("grafana-token", List.of("glc_"),
					AFTER_NO_LETTER + "glc_[A-Za-z0-9+/]{32,400}+={0,2}(?![A-Za-z0-9+/=])", Check.RANDOM),
			rule("grafana-token", List.of("glsa_"),
					AFTER_NO_LETTER + "glsa_[A-Za-z0-9]{32}+_[A-Fa-f0-9]{8}+(?![A-Fa-f0-9])", Check.RANDOM),
			rule("1password-token", List.of("ops_ey"), AFTER_NO_LETTER + "ops_ey[A-Za-z0-9+/=_-]{100,1280}+",
					Check.RANDOM),
			rule("vault-token", List.of("hvs.", "hvr."),
					AFTER_NO_LETTER + "hv[sr]\\." + URL64 + "{90,120}+" + NOT_URL64, Check.RANDOM),
			rule("vault-token", List.of("hvb."), AFTER_NO_LETTER + "hvb\\." + URL64 + "{138,300}+" + NOT_URL64,
					Check.RANDOM),
			rule("vercel-token", List.of("vcp_", "vci_", "vca_", "vcr_", "vck_"),
					AFTER_NO_LETTER + "vc[piark]_[A-Za-z0-9]{20,60}+(?![A-Za-z0-9])", Check.RANDOM_WITH_DIGIT),
			rule("databricks-token", List.of("dapi"),
					AFTER_NO_LETTER + "dapi[A-Fa-f0-9]{32}+(?:-[0-9])?(?![A-Fa-f0-9])", Check.RANDOM),
			rule("docker-token", List.of("dckr_pat_"), AFTER_NO_LETTER + "dckr_pat_" + URL64 + "{27}+" + NOT_URL64,
					Check.RANDOM),
			rule("figma-token", List.of("figd_"), AFTER_NO_LETTER + "figd_" + URL64 + "{40,200}+" + NOT_URL64,
					Check.RANDOM),
			rule("cloudflare-token", List.of("cfk_", "cfut_", "cfat_"),
					AFTER_NO_LETTER + "(?:cfk|cfut|cfat)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![A-Za-z0-9])", Check.RANDOM),
			rule("tailscale-key", List.of("tskey-"),
					AFTER_NO_LETTER + "tskey-[a-z]{2,20}+-[0-9A-Za-z_]{8,40}+-[0-9A-Za-z_]{16,60}+(?![0-9A-Za-z_])",
					Check.RANDOM));

	static final List<SecretRule> OWN = List.of(
			// https://cloud.google.com/docs/authentication/api-keys
			rule("google-api-key", List.of("aiza"), AFTER_NO_WORD + "AIza" + URL64 + "{35}+" + NOT_URL64, Check.RANDOM),
			// https://developers.google.com/identity/protocols/oauth2
			rule("google-oauth-token", List.of("gocspx-"), AFTER_NO_WORD + "GOCSPX-" + URL64 + "{28}+" + NOT_URL64,
					Check.RANDOM),
			rule("google-oauth-token", List.of("ya29."), AFTER_NO_WORD + "ya29\\.(?:[a-z]\\.)?+" + URL64 + "{40,1000}+",
					Check.RANDOM),
			// https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
			rule("azure-key", List.of("accountkey="), "(?i)AccountKey=([A-Za-z0-9+/]{86}==)", Check.RANDOM),
			rule("azure-key", List.of("sharedaccesskey="), "(?i)SharedAccessKey=([A-Za-z0-9+/]{43}=)", Check.RANDOM),
			// https://docs.pypi.org/api/secrets/
			rule("pypi-token", List.of("pypi-ageichlwas5vcmc"), "pypi-AgEIcHlwaS5vcmc" + URL64 + "{50,1000}+",
					Check.RANDOM),
			// https://docs.digitalocean.com/reference/api/
			rule("digitalocean-token", List.of("dop_v1_", "doo_v1_", "dor_v1_"),
					AFTER_NO_LETTER + "do[por]_v1_[a-f0-9]{64}+(?![a-f0-9])", Check.RANDOM),
			// https://openrouter.ai/docs/api-reference/authentication
			rule("openrouter-key", List.of("sk-or-v1-"), AFTER_NO_LETTER + "sk-or-v1-[a-f0-9]{64}+(?![a-f0-9])",
					Check.RANDOM),
			// https://www.rfc-editor.org/rfc/rfc7519: the header and the claims begin
			// with {"
			rule("jwt", List.of("eyj"),
					AFTER_NO_WORD + "eyJ" + URL64 + "{10,2000}+\\.eyJ" + URL64 + "{10,4000}+\\." + URL64 + "{16,2000}+",
					Check.RANDOM),
			// https://www.rfc-editor.org/rfc/rfc6750
			rule("bearer-token", List.of("bearer "),
					"(?i)" + AFTER_NO_LETTER + "bearer {1,4}+([A-Za-z0-9._~+/-]{20,4096}+={0,2})",
					Check.RANDOM_WITH_DIGIT),
			// https://www.rfc-editor.org/rfc/rfc7617
			rule("basic-authorization", List.of("authorization: basic "),
					"(?i)authorization: basic {1,4}+([A-Za-z0-9+/]{8,1024}+={0,2})", Check.CREDENTIALS),
			// https://www.rfc-editor.org/rfc/rfc6750#section-2.3
			rule("url-parameter",
					List.of("?password=", "&password=", ";password=", "?access_token=", "&access_token=", "?api_key=",
							"&api_key=", "?apikey=", "&apikey=", "?client_secret=", "&client_secret="),
					"[?&;][A-Za-z_]{6,13}+=([^\\s&;?#\"'`<>(){}\\[\\]$\\\\]{8,512}+)", Check.PASSWORD));

	private SecretRules() {
	}

	private static SecretRule rule(String id, List<String> keywords, String expression, Check check) {
		return new SecretRule(id, keywords, expression, check);
	}

}
