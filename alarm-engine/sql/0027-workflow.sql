-- Workflows as they came into force, kept for good: an open ticket goes by the one under which it was opened. One is
-- written in the transaction of the writer that puts it in force; a faulty one is never here. The due times of open
-- tickets gain when their light turns yellow. Crash window: between the command that the setting makes at a start and the
-- row here; the next start then puts it once more, and is refused, because it is in force already.
create table fenghuo.workflow (
  county    text not null references fenghuo.county,
  doc       jsonb not null,
  version   integer not null generated always as ((doc ->> 'version')::integer) stored,
  text      text not null,
  digest    text not null,
  author    text not null,
  reason    text not null,
  at        timestamptz not null,
  engine_no bigint not null,
  primary key (county, version)
);
comment on column fenghuo.workflow.engine_no is 'number of the input that brought it; 0: before the first';
grant select, insert on fenghuo.workflow to fenghuo_app;

update fenghuo.ticket set doc = jsonb_set(doc, '{due,yellowAt}', to_jsonb(round(
    (doc #>> '{due,at}')::numeric - ((doc #>> '{due,at}')::numeric - (doc #>> '{due,since}')::numeric) / 3)))
  where jsonb_typeof(doc -> 'due') = 'object';

-- The unit that a person belongs to, where they do: whose tickets are theirs to move.
alter table fenghuo.account add column unit text;
