-- How many tokens the chunks have, and how many of them the model takes. Null: not counted,
-- since the chunks were written by an earlier version or by the Python importer.
alter table conversation_file add column if not exists
  tokens bigint;                                 -- those inside of windows, which are embedded
alter table conversation_file add column if not exists
  message_tokens bigint;                         -- all of them
alter table conversation_file add column if not exists
  last_tokens bigint;                            -- the same of the last chunk alone, which
alter table conversation_file add column if not exists
  last_message_tokens bigint;                    -- is replaced when the file has grown
alter table planned_file add column if not exists
  message_tokens_written bigint;
alter table planned_file add column if not exists
  last_tokens bigint;                            -- of the last chunk written
alter table planned_file add column if not exists
  last_message_tokens bigint;
alter table execution_work add column if not exists
  message_tokens_written bigint;
