-- Which secrets were left out of the texts, as the survey counted them.
alter table conversation_file add column if not exists
  redacted varchar(4096) default '{}' not null;  -- JSON: rule to number of secrets
alter table planned_file add column if not exists
  redacted varchar(4096) default '{}' not null;
