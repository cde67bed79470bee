-- What a desk reads beside the socket: every open alarm page by page, and the views that somebody saved. Crash window: none;
-- a view is one row. The index holds open alarms alone, so that a page costs the same however many were closed.

create index alarm_open_by_id on fenghuo.alarm (county, id) where closed_at is null;

create table fenghuo.desk_view (
  account  text not null references fenghuo.account on delete cascade,
  name     text not null,
  query    text not null,
  saved_at timestamptz not null default now(),
  primary key (account, name)
);

grant select, insert, update, delete on fenghuo.desk_view to fenghuo_app;
