-- All that a decision depends on can be read back: what was due in a batch by its ids, and which command had a turn.
-- Crash window: none; one transaction.

alter table fenghuo.input_batch add column due text[] default '{}';
update fenghuo.input_batch set due = null where due_fired > 0;
alter table fenghuo.input_batch drop column due_fired;
comment on column fenghuo.input_batch.due is
  'ids of the due items that had a turn, in order, the last numbers of the batch; null: from before they were kept';

update fenghuo.command set engine_no = null where answer ->> 'reason' = 'could-not-be-stored';
comment on column fenghuo.command.engine_no is 'its turn; null: it waits, or could not be stored and had none';
create index command_by_turn on fenghuo.command (county, engine_no) where engine_no is not null;

revoke update, delete on fenghuo.input_batch from fenghuo_app;
revoke delete on fenghuo.command from fenghuo_app;

-- Engine time grows with the numbers: a stretch of history is found without reading the log.
create index input_batch_by_time on fenghuo.input_batch using brin (engine_at) with (pages_per_range = 16, autosummarize = on);
