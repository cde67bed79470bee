-- Every step in the life of every alarm, for history and figures. Written in the transaction that changes the alarm.
-- Crash window: none of its own.
create table fenghuo.alarm_transition (
  county     text not null,
  no         bigint not null,
  alarm      text not null,
  version    integer not null,
  at         timestamptz not null,
  run        text,
  device     text not null,
  rule       text not null,
  kind       text not null,
  area       text not null,
  building   text,
  severity   text not null,
  from_state text,
  to_state   text not null,
  why        text not null,
  actor      text not null,
  primary key (alarm, version, at)
);
comment on column fenghuo.alarm_transition.no is 'engine number of the input that caused it';
comment on column fenghuo.alarm_transition.from_state is 'null: the alarm is new';
comment on column fenghuo.alarm_transition.why is 'input of the lifecycle: raise, return, acknowledge, …';
comment on column fenghuo.alarm_transition.actor is 'account, or engine';
grant select, insert on fenghuo.alarm_transition to fenghuo_app;
