-- What people are told: a row a person, message and channel, made in the transaction of what it tells of; what
-- goes out of the house has a job (graphile_worker) in that transaction too. Crash window: between the outward
-- call and `sent`; the job runs again with the same id, by which the receiver knows it.

-- The channels that messages of a county go over, as its server was last configured.
create table fenghuo.channel (
  county  text not null references fenghuo.county,
  channel text not null,
  primary key (county, channel)
);

create table fenghuo.delivery (
  id         text primary key,
  county     text not null,
  message    text not null,
  person     text not null,
  channel    text not null,
  kind       text not null,
  incident   text not null,
  doc        jsonb not null,
  state      text not null check (state in ('waiting', 'sent', 'failed', 'refused')),
  reason     text,
  attempts   integer not null default 0,
  made_at    timestamptz not null,
  tried_at   timestamptz,
  settled_at timestamptz,
  -- Promise 2, held by the database too: one delivery a person and message.
  unique (message, person, channel),
  check ((state = 'waiting') = (settled_at is null))
) with (fillfactor = 80);
create index delivery_by_incident on fenghuo.delivery (incident, made_at);
comment on column fenghuo.delivery.message is 'derives from the engine number of the input that it tells of';
comment on column fenghuo.delivery.made_at is 'engine time; the other times are of the database';
comment on column fenghuo.delivery.reason is 'why it failed or was refused; while it waits, why the last attempt failed';

grant select, insert, update on fenghuo.delivery to fenghuo_app;
grant select, insert, delete on fenghuo.channel to fenghuo_app;
