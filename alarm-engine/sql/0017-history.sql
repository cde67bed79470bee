-- History: what finding events, alarms and their steps again needs, and what becomes of old ones. Crash window: none;
-- one transaction. While it builds the indexes nothing is stored: 10 million events take half a minute.

-- Device time beside the number: rows lie in the order in which they were taken, so a stretch of either is a stretch
-- of pages. 30 bytes for 2,000 rows.
drop index fenghuo.event_by_no;
create index event_by_order on fenghuo.event using brin (no, at) with (pages_per_range = 32, autosummarize = on);
-- The hundredth that is not plain reporting, by what it is.
create index event_unusual on fenghuo.event (kind, at) where state <> 'normal';
-- For which there is no day, since the device told no time or an odd one: known by when they were received.
create index event_elsewhere_by_receipt on fenghuo.event_elsewhere (received_at);
create index event_elsewhere_by_device on fenghuo.event_elsewhere (device, received_at);

-- The others, which are known by their device time.
create view fenghuo.event_by_day as
  select * from fenghuo.event where tableoid <> 'fenghuo.event_elsewhere'::regclass;

-- A day that is dropped locks the event table; behind a long reader it waits 2 s at most, and for the next hour then.
create function fenghuo.drop_event_days(before date) returns integer
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '2s' as $$
declare
  name text;
  dropped integer := 0;
begin
  for name in
    select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
    where inhparent = 'fenghuo.event'::regclass and relname ~ '^event_[0-9]{8}$' and right(relname, 8)::date < before
    order by relname
  loop
    execute format('drop table fenghuo.%I', name);
    dropped := dropped + 1;
  end loop;
  delete from fenghuo.event_elsewhere where received_at < before::timestamptz;
  return dropped;
end $$;

create function fenghuo.compress_event_day(before date) returns boolean language sql as 'select false';

alter table fenghuo.alarm
  add column kind text generated always as (doc ->> 'kind') stored,
  add column building text generated always as (doc ->> 'building') stored;
create index alarm_by_building on fenghuo.alarm (building, raised_at) where building is not null;
create index alarm_by_kind on fenghuo.alarm (kind, raised_at);
create index alarm_by_area on fenghuo.alarm (area text_pattern_ops, raised_at);
create index alarm_at_work on fenghuo.alarm (state, raised_at) where state <> 'normal';

create index alarm_transition_by_time on fenghuo.alarm_transition (at);
create index alarm_transition_by_no on fenghuo.alarm_transition using brin (no) with (pages_per_range = 32);
create index alarm_transition_by_device on fenghuo.alarm_transition (device, at);
create index alarm_transition_by_building on fenghuo.alarm_transition (building, at) where building is not null;
create index alarm_transition_by_kind on fenghuo.alarm_transition (kind, at);
create index alarm_transition_by_state on fenghuo.alarm_transition (to_state, at);
create index alarm_transition_by_area on fenghuo.alarm_transition (area text_pattern_ops, at);

create function fenghuo.drop_transitions(before timestamptz, at_most integer) returns bigint
language sql security definer set search_path = pg_catalog as $$
  with old as (
    select alarm, version, at from fenghuo.alarm_transition as t where t.at < before order by t.at limit at_most
  ), dropped as (
    delete from fenghuo.alarm_transition as t using old
    where (t.alarm, t.version, t.at) = (old.alarm, old.version, old.at) returning 1
  )
  select count(*) from dropped
$$;

-- Figures an hour. `up_to` is the engine number up to which all is counted; it moves in the transaction that counts.
-- Crash window: none; what was not committed is counted next time.
create table fenghuo.rollup (
  county text not null,
  name   text not null check (name in ('events', 'alarms')),
  up_to  bigint not null default 0,
  primary key (county, name)
);
create table fenghuo.event_hour (
  county text not null,
  hour   timestamptz not null,
  area   text not null,
  kind   text not null,
  state  text not null,
  run    text not null,
  events bigint not null,
  primary key (county, hour, area, kind, state, run)
) with (fillfactor = 70);
comment on column fenghuo.event_hour.area is 'township of the device when it was counted; empty: nowhere yet';
create table fenghuo.alarm_hour (
  county   text not null,
  hour     timestamptz not null,
  area     text not null,
  rule     text not null,
  severity text not null,
  run      text not null,
  alarms   bigint not null,
  primary key (county, hour, area, rule, severity, run)
) with (fillfactor = 70);

-- Events by their numbers, with the time by which they are known. `earliest`: none of those that have a day has an
-- earlier device time; days of our own are found by number alone. Inlined into the statement that calls it.
create function fenghuo.events_numbered(after bigint, up_to bigint, earliest timestamptz)
returns table (device integer, known_at timestamptz, kind text, state text, run text) language sql stable as $$
  select device, case when tableoid = 'fenghuo.event_elsewhere'::regclass then received_at else at end,
         kind, state, run
  from fenghuo.event where no > after and no <= up_to
$$;

revoke execute on function fenghuo.drop_event_days, fenghuo.drop_transitions from public;
grant execute on function fenghuo.drop_event_days, fenghuo.drop_transitions, fenghuo.compress_event_day
  to fenghuo_app;
grant select on fenghuo.event_by_day to fenghuo_app;
grant select, insert, update on fenghuo.rollup, fenghuo.event_hour, fenghuo.alarm_hour to fenghuo_app;
