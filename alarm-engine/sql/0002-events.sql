-- Events, partitioned by device time. A device time for which no day exists goes to the sentinel partition
-- `event_elsewhere`; when that day's partition is made, its rows move there, so a redelivery always meets
-- its twin. Crash window: none; partitions are made in one transaction.

create table fenghuo.event (
  device      integer not null,
  at          timestamptz not null,
  ident       bigint not null,
  no          bigint not null,
  received_at timestamptz not null,
  kind        text not null,
  state       text not null,
  value       double precision,
  unit        text,
  flags       smallint not null,
  run         text not null default '',
  attrs       jsonb,
  primary key (device, at, ident, run)
) partition by range (at);
comment on column fenghuo.event.ident is 'identity within device and time: hash of id, seq or payload';
comment on column fenghuo.event.run is 'drill; empty when live, so that a drill event is never taken for the real one';
comment on column fenghuo.event.no is 'engine number: the order in which the writer took it';
comment on column fenghuo.event.flags is '1 late, 2 clock skewed, 4 retained, 8 without device time';

create table fenghuo.event_elsewhere partition of fenghuo.event default;
create index event_by_no on fenghuo.event using brin (no) with (pages_per_range = 32, autosummarize = on);

create function fenghuo.make_event_days(from_day date, to_day date) returns integer
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  day date := from_day;
  name text;
  made integer := 0;
begin
  while day <= to_day loop
    name := 'event_' || to_char(day, 'YYYYMMDD');
    if to_regclass('fenghuo.' || name) is null then
      -- An event on its way to the sentinel must be there before its day is looked for, and none may follow.
      lock table fenghuo.event_elsewhere in access exclusive mode;
      execute format('create table fenghuo.%I (like fenghuo.event including defaults including constraints)', name);
      execute format(
        'with moved as (delete from fenghuo.event_elsewhere where at >= %L and at < %L returning *)
         insert into fenghuo.%I select * from moved', day, day + 1, name);
      execute format('alter table fenghuo.event attach partition fenghuo.%I for values from (%L) to (%L)',
                     name, day, day + 1);
      execute format('grant select, insert on fenghuo.%I to fenghuo_app', name);
      made := made + 1;
    end if;
    day := day + 1;
  end loop;
  return made;
end $$;

-- What could not be an event: kept with its reason and its bytes, browsable, never dropped silently.
create table fenghuo.quarantine (
  no          bigint generated always as identity primary key,
  county      text not null,
  received_at timestamptz not null,
  reason      text not null,
  source      text not null,
  principal   text,
  topic       text not null,
  bytes       bytea not null,
  detail      text not null
);
create index quarantine_by_reason on fenghuo.quarantine (county, reason, no);
