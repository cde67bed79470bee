-- Alarm floods: a room that hears too much, from its entry to its exit. Written in the transaction that changes it.
-- Crash window: none; one transaction, which also gives the alarms that there are the marks that are new.
create table fenghuo.flood (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  run       text generated always as (doc ->> 'run') stored,
  seat      text generated always as (doc ->> 'seat') stored,
  area      text generated always as (doc ->> 'area') stored,
  opened_at timestamptz generated always as (fenghuo.ms(doc, 'openedAt')) stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
create unique index flood_open_once on fenghuo.flood (county, coalesce(run, ''), seat) where closed_at is null;
create index flood_by_opened on fenghuo.flood (county, opened_at);
grant select, insert, update on fenghuo.flood to fenghuo_app;

-- What a room heard in a time, and who spoke most in it.
create index alarm_transition_kpi_by_at on fenghuo.alarm_transition (county, at);

update fenghuo.alarm set doc = doc || '{"lastRaises": [], "chattering": false}' where not doc ? 'chattering';
