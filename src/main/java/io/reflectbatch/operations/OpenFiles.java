package io.reflectbatch.operations;

import java.util.Set;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;

/**
 * The files that an import is working on, or that one has left half done for its restart.
 */
@Component
class OpenFiles {

	private final JobRepository repository;

	private final WorkList workList;

	OpenFiles(JobRepository repository, WorkList workList) {
		this.repository = repository;
		this.workList = workList;
	}

	/**
	 * Returns the keys of the files.
	 */
	Set<Long> ids() {
		JobInstance instance = this.repository.getLastJobInstance(JobName.IMPORT.jobName());
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (last == null || last.getStatus() == BatchStatus.COMPLETED || last.getStatus() == BatchStatus.ABANDONED) {
			return Set.of();
		}
		return this.workList.unfinished(last.getJobInstanceId());
	}

}
