-- Ports at which transmitters of buildings (GB/T 26875.3) speak into a drill: each is one run's while it lasts, so that two
-- drills at once never mix. The writer's process says which there are. Crash window: after a drill has begun and before it
-- has its port; then it has none, and whoever ordered it is told so.
create table fenghuo.drill_port (
  county text not null references fenghuo.county,
  port   integer not null,
  -- The drill that has it, or had it last.
  run    text unique,
  primary key (county, port)
);
grant select, insert, update, delete on fenghuo.drill_port to fenghuo_app;
