-- How many chunks of an execution have a vector from the cache. Null: it had no cache.
alter table execution_work add column if not exists chunks_cached integer;
