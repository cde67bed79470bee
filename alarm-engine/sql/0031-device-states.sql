-- The live state of every device, for screens: all of them as of a number, and numbered changes since. The writer's
-- process tells; every web follows. Crash window: unlogged, so after a crash of the database both are empty until the
-- writer, whose next change finds no row to follow, writes all states anew. Nothing is decided by them.

-- `stream` is the epoch of the lease: a process that lost it tells nobody anything any more.
create unlogged table fenghuo.device_state (
  county text primary key,
  stream bigint not null,
  no     bigint not null,
  states bytea not null
) with (fillfactor = 50);
alter table fenghuo.device_state alter column states set storage external;

create unlogged table fenghuo.device_state_change (
  county  text not null,
  stream  bigint not null,
  no      bigint not null,
  changes bytea not null,
  primary key (county, stream, no)
);

grant select, insert, update on fenghuo.device_state to fenghuo_app;
grant select, insert, delete on fenghuo.device_state_change to fenghuo_app;
