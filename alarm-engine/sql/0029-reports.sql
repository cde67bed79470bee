-- What people report. The witness of a report is a device of its own, so that one alarm a device and rule stays true;
-- who they are and what they said lies beside the record, from where it can be erased. Crash window: the person's row
-- is written before the command that the writer takes; a command that is refused, or never sent, leaves a row that no
-- report names and that the server takes away after a day. Everything else is in the writer's transaction.

alter table fenghuo.device add column witness boolean not null default false;
comment on column fenghuo.device.witness is 'stands for a person who reported: in no list of devices and on no map';

create table fenghuo.report (
  id       text primary key,
  county   text not null references fenghuo.county,
  no       bigint not null,
  at       timestamptz not null,
  run      text,
  channel  text not null,
  what     text not null,
  area     text not null,
  building text,
  floor    integer,
  lon      double precision,
  lat      double precision,
  alarm    text,
  taken_by text not null,
  seat     text not null
);
create index report_by_at on fenghuo.report (county, at, id);
create index report_by_alarm on fenghuo.report (alarm);
comment on column fenghuo.report.no is 'engine number of its command and of its event';

create table fenghuo.report_person (
  report    text primary key,
  county    text not null,
  made_at   timestamptz not null default now(),
  name      text not null,
  phone     text not null,
  words     text not null,
  -- Opens the public status of this one report.
  link      text unique,
  erased_at timestamptz
);

create index report_person_by_made on fenghuo.report_person (made_at);

create table fenghuo.report_message (
  id         text primary key,
  report     text not null,
  county     text not null,
  kind       text not null check (kind in ('report-received', 'report-closed')),
  state      text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'refused')),
  reason     text,
  attempts   integer not null default 0,
  made_at    timestamptz not null,
  settled_at timestamptz,
  -- Each once.
  unique (report, kind)
);

grant select, insert on fenghuo.report to fenghuo_app;
grant select, insert, update, delete on fenghuo.report_person to fenghuo_app;
grant select, insert, update on fenghuo.report_message to fenghuo_app;
