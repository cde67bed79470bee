-- Walls that were paired by code (RFC 8628) instead of a password, and pairings that are under way. A wall is an account of
-- role wall with a session; nobody knows its password. Crash windows: the pairing is on the record before its row is
-- approved here; a wall that took its session and did not hear of it is paired anew.

create table fenghuo.wall (
  account   text primary key references fenghuo.account on delete cascade,
  paired_by text not null,
  paired_at timestamptz not null
);

-- Both codes are stored keyed-hashed. `account` is set by who approves; the wall takes the row away with its session.
create table fenghuo.wall_pairing (
  device_hash bytea primary key,
  county      text not null,
  user_hash   bytea not null unique,
  address     text not null,
  asked_at    timestamptz not null,
  expires_at  timestamptz not null,
  polled_at   timestamptz,
  interval_s  integer not null,
  account     text references fenghuo.account on delete cascade
);
create index wall_pairing_by_address on fenghuo.wall_pairing (address);

grant select, insert on fenghuo.wall to fenghuo_app;
grant select, insert, update, delete on fenghuo.wall_pairing to fenghuo_app;
