package io.reflectbatch.importing;

import java.nio.file.Path;

import io.reflectbatch.ledger.StateFileBridge;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The jobs that exchange state with the Python importer: one step, one transaction. They
 * leave what they did in the context of their step.
 */
@Configuration(proxyBeanMethods = false)
class StateFileJobConfiguration {

	static final String FILE = "file";

	static final String FILES = "files";

	private static final String FILE_PARAMETER = "#{jobParameters['" + FILE + "']}";

	@Bean
	Job exportStateJob(JobRepository repository, @Qualifier("exportStateStep") Step step) {
		return new JobBuilder(JobName.EXPORT_STATE.jobName(), repository).start(step).build();
	}

	@Bean
	Step exportStateStep(JobRepository repository, PlatformTransactionManager transactions,
			@Qualifier("exportStateTasklet") Tasklet tasklet) {
		return new StepBuilder("export", repository).tasklet(tasklet, transactions).build();
	}

	@Bean
	@StepScope
	Tasklet exportStateTasklet(StateFileBridge bridge, @Value(FILE_PARAMETER) String file) {
		return (contribution, context) -> {
			int files = bridge.export(Path.of(file));
			contribution.getStepExecution().getExecutionContext().putInt(FILES, files);
			contribution.setExitStatus(ExitStatus.COMPLETED.addExitDescription("wrote " + files + " files"));
			return RepeatStatus.FINISHED;
		};
	}

	@Bean
	Job adoptStateJob(JobRepository repository, @Qualifier("adoptStateStep") Step step) {
		return new JobBuilder(JobName.ADOPT_STATE.jobName(), repository).start(step).build();
	}

	@Bean
	Step adoptStateStep(JobRepository repository, PlatformTransactionManager transactions,
			@Qualifier("adoptStateTasklet") Tasklet tasklet) {
		return new StepBuilder("adopt", repository).tasklet(tasklet, transactions).build();
	}

	@Bean
	@StepScope
	Tasklet adoptStateTasklet(StateFileBridge bridge, SourceProperties source, @Value(FILE_PARAMETER) String file) {
		return (contribution, context) -> {
			AdoptionContext adoption = new AdoptionContext(contribution.getStepExecution().getExecutionContext());
			adoption.put(bridge.adopt(Path.of(file), source.logs().toAbsolutePath().normalize()));
			contribution.setExitStatus(
					ExitStatus.COMPLETED.addExitDescription("adopted " + adoption.get().adopted() + " files"));
			return RepeatStatus.FINISHED;
		};
	}

	@Bean
	SourceProperties sourceProperties(JobProperties properties) {
		return properties.source();
	}

}
