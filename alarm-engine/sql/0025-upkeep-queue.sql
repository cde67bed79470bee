-- The upkeep queue: who sees to an order, by when, and what was done. Crash window: none; one transaction, which also
-- gives the orders that there are what is new in them.
update fenghuo.upkeep set doc = doc || '{"assigned": null, "resolved": null, "returns": []}' where not doc ? 'assigned';

alter table fenghuo.upkeep
  add column run      text generated always as (doc ->> 'run') stored,
  add column kind     text generated always as (doc ->> 'kind') stored,
  add column building text generated always as (doc ->> 'building') stored,
  add column unit     text generated always as (doc -> 'assigned' ->> 'unit') stored,
  add column due_at   timestamptz generated always as (fenghuo.ms(doc -> 'assigned', 'dueAt')) stored;

-- The queue is read the oldest first; figures by the day of opening and closing.
create index upkeep_queue on fenghuo.upkeep (county, opened_at, id) where closed_at is null and run is null;
create index upkeep_by_opened on fenghuo.upkeep (county, opened_at);
create index upkeep_by_closed on fenghuo.upkeep (county, closed_at) where closed_at is not null;
