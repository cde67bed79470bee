-- Devices of foreign dialects: which registered device a foreign name means, and which topics a bridge may use. Crash
-- window: none of its own; a running server hears of a change when it is committed, and reads all when it starts.

create table fenghuo.foreign_identity (
  county     text not null references fenghuo.county,
  dialect    text not null check (dialect in
    ('zigbee2mqtt', 'frigate', 'onvif', 'chirpstack', 'homeassistant', 'tasmota', 'sparkplug', 'gb26875')),
  foreign_id text not null check (foreign_id <> ''),
  device     text not null references fenghuo.device (id),
  primary key (county, dialect, foreign_id)
);
comment on column fenghuo.foreign_identity.foreign_id is 'as docs/dialects.md builds it, such as the friendly name';
grant select, insert, update, delete on fenghuo.foreign_identity to fenghuo_app;

create function fenghuo.tell_foreign_identity() returns trigger language plpgsql as $$
begin
  notify fenghuo_foreign_identity;
  return null;
end $$;
create trigger foreign_identity_told after insert or update or delete on fenghuo.foreign_identity
  for each statement execute function fenghuo.tell_foreign_identity();

alter table fenghuo.credential add column topics text[];
comment on column fenghuo.credential.topics is
  'topic filters of foreign dialects that a bridge may use; null: all, of its devices';
alter table fenghuo.credential add constraint credential_topics check (topics is null or kind = 'bridge');
