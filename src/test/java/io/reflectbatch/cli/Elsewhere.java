package io.reflectbatch.cli;

import java.util.Locale;
import java.util.TimeZone;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs tests far from where they were written: what people read is in their time zone,
 * and numbers look the same in every language.
 */
final class Elsewhere implements BeforeEachCallback, AfterEachCallback {

	private final TimeZone zone = TimeZone.getDefault();

	private final Locale locale = Locale.getDefault();

	@Override
	public void beforeEach(ExtensionContext context) {
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
		Locale.setDefault(Locale.GERMANY);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		TimeZone.setDefault(this.zone);
		Locale.setDefault(this.locale);
	}

}
