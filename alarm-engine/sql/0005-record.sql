-- The record nobody can bend: every act and automatic decision, one hash chain a county, one link a batch.
-- The server's role may insert and read it, and nothing else.

create table fenghuo.audit (
  county  text not null,
  no      bigint not null,
  batch   bigint not null,
  at      timestamptz not null,
  actor   text not null,
  role    text not null,
  seat    text not null,
  act     text not null,
  subject text not null,
  area    text not null,
  run     text,
  reason  text not null,
  detail  text not null,
  primary key (county, no)
);
create index audit_by_subject on fenghuo.audit (subject, no);
comment on column fenghuo.audit.detail is 'JSON text as it was hashed: before and after of what changed';

create table fenghuo.audit_link (
  county   text not null,
  batch    bigint not null,
  first_no bigint not null,
  last_no  bigint not null,
  previous bytea not null,
  digest   bytea not null,
  primary key (county, batch)
);

grant usage on schema fenghuo to fenghuo_app;
grant select, insert, update, delete on all tables in schema fenghuo to fenghuo_app;
grant usage on all sequences in schema fenghuo to fenghuo_app;
grant execute on all functions in schema fenghuo to fenghuo_app;
revoke update, delete on fenghuo.audit, fenghuo.audit_link, fenghuo.event, fenghuo.event_elsewhere from fenghuo_app;
revoke delete on fenghuo.county from fenghuo_app;
