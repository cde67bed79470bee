-- The case: what is copied into it at the time, so that no retention of events or steps empties it; its evidence, its
-- files, its reports. Written in the transaction of what it tells of, but for the bytes of a file, which are stored
-- before the writer puts the file on the record, and a report, which is made after the case was closed.
-- Crash windows: bytes that no case names lie there unused; a report whose row has no document yet is made after the
-- next start.

-- A closed ticket and its incident are not in the writer's memory: as they were when a command that names them had its
-- turn, they are an input like the command, and kept with it.
alter table fenghuo.command add column closed_case jsonb;

create table fenghuo.case_step (
  alarm    text not null,
  version  integer not null,
  no       bigint not null,
  at       timestamptz not null,
  severity text not null,
  from_state text,
  to_state text not null,
  why      text not null,
  actor    text not null,
  event    jsonb,
  primary key (alarm, version)
);
comment on table fenghuo.case_step is 'steps of alarms and the events that caused them, for good; a case finds them by its alarms';
comment on column fenghuo.case_step.event is 'null: a person or the time caused it';

create table fenghuo.case_camera (
  incident text primary key,
  county   text not null,
  cameras  jsonb not null
);
comment on column fenghuo.case_camera.cameras is 'those that stood near when the incident was opened, the nearest first';

create table fenghuo.case_evidence (
  id       text primary key,
  county   text not null,
  incident text not null,
  doc      jsonb not null,
  sha256   text generated always as (doc -> 'file' ->> 'sha256') stored
);
create index case_evidence_by_incident on fenghuo.case_evidence (incident, id);

create table fenghuo.case_bytes (
  sha256    text primary key,
  stored_at timestamptz not null default now(),
  content   bytea not null,
  small     bytea
);
-- Photos and films do not get smaller.
alter table fenghuo.case_bytes alter column content set storage external, alter column small set storage external;
comment on column fenghuo.case_bytes.small is 'of an image: a JPEG of 480 pixels at most';

create table fenghuo.case_report (
  incident  text not null,
  round     integer not null,
  county    text not null,
  closed_at timestamptz not null,
  doc       jsonb,
  primary key (incident, round)
);
create index case_report_to_make on fenghuo.case_report (county, closed_at) where doc is null;

-- Cases are found by place; and a ticket by its incident, which no index did once it was closed.
create index ticket_by_incident on fenghuo.ticket (incident);
create index incident_by_area on fenghuo.incident (area text_pattern_ops, opened_at);
create index incident_by_code on fenghuo.incident (case_code text_pattern_ops);
create index incident_by_building on fenghuo.incident (building, opened_at) where building is not null;

grant select, insert on fenghuo.case_step, fenghuo.case_evidence, fenghuo.case_bytes to fenghuo_app;
grant select, insert, update on fenghuo.case_camera, fenghuo.case_report to fenghuo_app;
