package io.reflectbatch.importing;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.cli.ReflectCommand;
import io.reflectbatch.conversation.Noise;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application as it is, but it keeps some of the noise that it would leave out. There
 * is no setting for that.
 */
@Import(ReflectBatchApplication.class)
public class KeepingReflect {

	private static final String NOISE = "keeping.noise";

	/**
	 * Starts the application.
	 * @param arguments the kinds of noise to keep, parted by commas, then the command
	 */
	public static void main(String[] arguments) {
		System.setProperty(NOISE, arguments[0]);
		System.exit(ReflectCommand.execute(KeepingReflect.class, Arrays.copyOfRange(arguments, 1, arguments.length)));
	}

	@Bean
	static BeanPostProcessor noise() {
		Set<Noise> kept = Stream.of(System.getProperty(NOISE, "").split(","))
			.map(Noise::valueOf)
			.collect(Collectors.toUnmodifiableSet());
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof Chunking chunking) ? chunking.keeping(kept) : bean;
			}
		};
	}

}
