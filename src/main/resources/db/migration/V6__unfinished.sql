-- At the end of an import, what it has not finished is asked for several times: mostly nothing.
create index if not exists planned_file_unfinished on planned_file (job_instance_id, finished_at);
