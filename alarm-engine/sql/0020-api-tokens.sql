-- Tokens by which programs call the API: part of what the account that issued them may do, for a time. Random, and
-- stored keyed-hashed. Crash window: an issue is on the record before its row is here; a revocation works before it is.

create table fenghuo.api_token (
  county       text not null,
  name         text not null,
  account      text not null references fenghuo.account on delete cascade,
  token_hash   bytea not null unique,
  area         text not null,
  rights       text[] not null,
  issued_at    timestamptz not null,
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  primary key (county, name)
);

grant select, insert, update on fenghuo.api_token to fenghuo_app;
