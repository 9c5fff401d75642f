package io.reflectbatch.importing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.reflectbatch.metrics.MetricsExport;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The meters of an import. Which beans there are is decided when the jar is built, so
 * whether anybody wants meters is asked inside of them. The registry is no bean, since
 * Spring Boot would then measure the pool of connections and more.
 */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	MetricsExport metricsExport(JobProperties properties, Environment environment) {
		return new MetricsExport(properties.metrics().file(), environment::getProperty);
	}

	/**
	 * What Spring Batch reports to: nobody, unless somebody wants meters.
	 */
	@Bean
	ObservationRegistry observationRegistry(MetricsExport export) {
		if (!export.isWanted()) {
			return ObservationRegistry.NOOP;
		}
		MeterRegistry meters = export.registry();
		meters.config().meterFilter(new PartitionsAsOne());
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return registry;
	}

	/**
	 * Gives the partitions of a step one name. There may be a thousand, and which files
	 * one of them got says nothing.
	 */
	private static final class PartitionsAsOne implements MeterFilter {

		@Override
		public Meter.Id map(Meter.Id id) {
			return id.replaceTags(Tags.of(id.getTags().stream().map(PartitionsAsOne::shortened).toList()));
		}

		private static Tag shortened(Tag tag) {
			return Tag.of(tag.getKey(), tag.getValue().replaceFirst(":partition\\d+$", ""));
		}

	}

}
