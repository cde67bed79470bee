-- Sources of carrier clouds, and what became of quarantined messages that were processed again. Crash window:
-- none of its own, one transaction. Of reprocessing: a message whose events are committed and whose row still
-- waits is processed once more after the restart, meets its twin, and changes nothing.

-- A source's token is random and stored keyed-hashed, as the secrets of MQTT are; what OneNET signs with is
-- derived from that hash under the server's key, so it is stored nowhere.
create table fenghuo.carrier_source (
  source      text primary key,
  county      text not null references fenghuo.county,
  dialect     text not null check (dialect in ('ctwing', 'ctwing-siterwell', 'onenet')),
  area        text not null references fenghuo.area,
  secret_hash bytea not null,
  issued_at   timestamptz not null default now(),
  issued_by   text not null,
  revoked_at  timestamptz
);
grant select, insert, update on fenghuo.carrier_source to fenghuo_app;

alter table fenghuo.quarantine
  add column retained boolean not null default false,
  add column asked_at timestamptz,
  add column asked_by text,
  add column tried_at timestamptz,
  add column outcome text
    check (outcome in ('waiting', 'stored', 'nothing', 'refused', 'not-authorised', 'again')),
  add column outcome_detail text;
comment on column fenghuo.quarantine.outcome is
  'null: nobody asked; stored, nothing, again (as a newer message) are final; refused and not-authorised are not';
create index quarantine_waiting on fenghuo.quarantine (county, no) where outcome = 'waiting';
create index quarantine_by_time on fenghuo.quarantine (county, received_at) include (reason);
create index quarantine_of_quarantine on fenghuo.quarantine (source, no) where source like 'quarantine:%';

-- What was received is a record: only what became of it is written later.
revoke update, delete on fenghuo.quarantine from fenghuo_app;
grant update (asked_at, asked_by, tried_at, outcome, outcome_detail) on fenghuo.quarantine to fenghuo_app;
