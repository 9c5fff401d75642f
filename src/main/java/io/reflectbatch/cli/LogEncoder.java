package io.reflectbatch.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.reflectbatch.importing.LogContext;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Writes log messages for people or for programs. One class for both, because the build
 * processes {@code logback.xml} ahead of time, which is too early for a choice in there.
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

	private @Nullable Encoder<ILoggingEvent> encoder;

	// Not when logging starts: what Spring needs for it logs as well.
	private synchronized Encoder<ILoggingEvent> encoder() {
		Encoder<ILoggingEvent> started = this.encoder;
		if (started == null) {
			started = LogFormat.isForPrograms() ? ecs() : text();
			started.setContext(getContext());
			started.start();
			this.encoder = started;
		}
		return started;
	}

	private Encoder<ILoggingEvent> ecs() {
		// What goes wrong before Spring starts is logged, too.
		if (getContext().getObject(Environment.class.getName()) == null) {
			getContext().putObject(Environment.class.getName(), new StandardEnvironment());
		}
		StructuredLogEncoder structured = new StructuredLogEncoder();
		structured.setFormat("ecs");
		return structured;
	}

	private Encoder<ILoggingEvent> text() {
		PatternLayout layout = new PatternLayout();
		layout.setContext(getContext());
		layout.getInstanceConverterMap().put("about", About::new);
		layout.setPattern(Terminal.logPrefix() + "%d{HH:mm:ss} %-5level %msg%about%n");
		layout.start();
		LayoutWrappingEncoder<ILoggingEvent> text = new LayoutWrappingEncoder<>();
		text.setLayout(layout);
		text.setCharset(StandardCharsets.UTF_8);
		return text;
	}

	@Override
	public byte @Nullable [] headerBytes() {
		return null;
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		return encoder().encode(event);
	}

	@Override
	public byte @Nullable [] footerBytes() {
		return null;
	}

	@Override
	public synchronized void stop() {
		if (this.encoder != null) {
			this.encoder.stop();
		}
		this.encoder = null;
		super.stop();
	}

	/**
	 * What a message is about, in brackets behind it: the execution, and the file unless
	 * the message names it.
	 */
	private static final class About extends ClassicConverter {

		@Override
		public String convert(ILoggingEvent event) {
			Map<String, String> context = event.getMDCPropertyMap();
			String execution = context.get(LogContext.EXECUTION);
			if (execution == null) {
				return "";
			}
			String file = context.get(LogContext.FILE);
			boolean named = file == null || event.getFormattedMessage().contains(file);
			return named ? " [execution %s]".formatted(execution) : " [execution %s, %s]".formatted(execution, file);
		}

	}

}
