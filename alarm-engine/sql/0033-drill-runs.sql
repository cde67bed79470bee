-- Who takes part in a drill; and runs of scenarios: what is to be played, how it goes, what came of it. A runner outside
-- plays them and tells. Crash window: none; one transaction. A run whose runner died waits for a person to end its drill.
update fenghuo.drill set doc = doc || '{"participants": []}' where not doc ? 'participants';

-- What the runner offers, and when it was heard last.
create table fenghuo.drill_runner (
  county    text primary key,
  seen_at   timestamptz not null,
  software  text not null,
  scenarios jsonb not null
);

create table fenghuo.drill_run (
  run        text primary key,
  county     text not null,
  scenario   text not null,
  -- Null: as the scenario has it.
  seed       text,
  ordered_by text not null,
  ordered_at timestamptz not null,
  -- What people want of it.
  wish       text not null default 'play' check (wish in ('play', 'pause', 'stop')),
  -- Where its runner says that it is; it is given to one runner, once.
  state      text not null default 'waiting',
  told_at    timestamptz,
  progress   jsonb,
  verdict    jsonb,
  fault      jsonb,
  software   text,
  report     text
);
create index drill_run_by_order on fenghuo.drill_run (county, ordered_at desc);
grant select, insert, update on fenghuo.drill_runner, fenghuo.drill_run to fenghuo_app;
