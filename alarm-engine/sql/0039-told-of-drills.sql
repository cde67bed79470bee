-- Who takes part in a drill is told that it begins and that it ends: a delivery without an incident, whose doc is the
-- drill. Crash window: none; one statement.
alter table fenghuo.delivery alter column incident drop not null;
comment on column fenghuo.delivery.incident is 'null: of a drill that begins or ends, and doc is the drill';
