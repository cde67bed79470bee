-- Accounts, sessions and device credentials. Passwords are argon2id, tokens and device secrets random and
-- stored keyed-hashed: a stolen table opens no door.

create table fenghuo.account (
  name          text primary key,
  county        text not null,
  display_name  text not null,
  role          text not null,
  area          text not null,
  password_hash text not null,
  failures      integer not null default 0,
  locked_until  timestamptz,
  disabled      boolean not null default false,
  created_at    timestamptz not null default now()
);

create table fenghuo.session (
  token_hash   bytea primary key,
  account      text not null references fenghuo.account on delete cascade,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at   timestamptz not null
);
create index session_by_expiry on fenghuo.session (expires_at);

-- Who may connect over MQTT. `kind` device: `device` only; bridge: every device below `area`;
-- tester: under drill `run` only. A set client_id binds the credential to it.
create table fenghuo.credential (
  username    text primary key,
  county      text not null,
  kind        text not null check (kind in ('device', 'bridge', 'tester')),
  secret_hash bytea not null,
  device      text,
  area        text,
  run         text,
  client_id   text,
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz,
  check ((kind = 'device') = (device is not null)),
  check ((kind = 'bridge') = (area is not null)),
  check ((kind = 'tester') = (run is not null))
);
create index credential_by_run on fenghuo.credential (run) where run is not null;
