-- Where people of teams are who share it while they are at a case: one row a person, for minutes. Crash window: unlogged, so
-- a crash of the database forgets them all, and every phone that shares says it again within ten seconds. Nothing is decided
-- by them, and they are on no record.

create unlogged table fenghuo.team_position (
  county   text not null,
  account  text not null,
  ticket   text not null,
  -- Who held the ticket then: with another holder the row counts no more.
  holder   text not null,
  lon      float8 not null,
  lat      float8 not null,
  accuracy float8 not null,
  at       timestamptz not null,
  primary key (county, account)
) with (fillfactor = 50);

grant select, insert, update, delete on fenghuo.team_position to fenghuo_app;
