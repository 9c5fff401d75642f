-- How files were cut into chunks names the tokenizer as well, if it is not that of all-MiniLM-L6-v2.
alter table conversation_file alter column chunking set data type varchar(64);
