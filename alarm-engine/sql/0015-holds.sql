-- What keeps alarms back for a time: devices and buildings out of service, tests of buildings. Written by the writer in
-- the transaction that decides it. Crash window: none of its own; when it ends is a row of fenghuo.due.
create table fenghuo.hold (
  id         text primary key,
  county     text not null,
  doc        jsonb not null,
  area       text generated always as (doc ->> 'area') stored,
  started_at timestamptz generated always as (fenghuo.ms(doc, 'startedAt')) stored,
  ended_at   timestamptz generated always as (fenghuo.ms(doc, 'endedAt')) stored
) with (fillfactor = 80);
-- One of a kind on a device or building.
create unique index hold_open_once
  on fenghuo.hold (county, (doc ->> 'kind'), (doc ->> 'device'), (doc ->> 'building')) nulls not distinct
  where ended_at is null;
grant select, insert, update on fenghuo.hold to fenghuo_app;

-- Records get what they did not have before.
update fenghuo.alarm set doc = doc || '{"shelf": null, "test": false, "acknowledgedComment": null}';
update fenghuo.incident set doc = doc || '{"mergedInto": null, "splitFrom": null}';

-- Alarms of a test are none that a figure counts.
alter table fenghuo.alarm add column test boolean generated always as ((doc ->> 'test')::boolean) stored;
