-- What figures of cases are made of is read off a ticket when it is written, a few times in its life, and not from
-- 100,000 documents at each look. Crash window: none; one transaction.

-- When a ticket first came to one of these stages.
create function fenghuo.first_at(doc jsonb, stages text[]) returns timestamptz language sql immutable strict parallel safe as $$
  select min(to_timestamp((move ->> 'at')::double precision / 1000))
  from jsonb_array_elements(doc -> 'moves') as move where move ->> 'stage' = any (stages)
$$;

-- Units that held it while it was worked on, from accepting it to having it under control; of one that never was, who judged
-- it. Sixteen at most: a row of an index is bounded, and a ticket must never fail by it.
create function fenghuo.worked_by(doc jsonb) returns text[] language sql immutable strict parallel safe as $$
  select (coalesce(
    array_agg(distinct move ->> 'holder')
      filter (where move ->> 'stage' in ('accepted', 'en-route', 'on-scene', 'under-control')),
    array_agg(distinct move ->> 'holder') filter (where move ->> 'stage' = 'received'),
    '{}'))[1:16]
  from jsonb_array_elements(doc -> 'moves') as move
$$;

-- Levels that were drawn in beside them: told that it is late, or called to it and come.
create function fenghuo.drawn_in(doc jsonb) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct level), '{}') from (
    select told ->> 'level' as level from jsonb_array_elements(doc -> 'escalations') as told
    union all
    select party ->> 'level' from jsonb_array_elements(doc -> 'parties') as party
    where party ->> 'state' not in ('called', 'released')) as levels
$$;

alter table fenghuo.ticket
  add column late            boolean generated always as (doc -> 'escalations' <> '[]' or doc -> 'overdue' = 'true') stored,
  add column acknowledged_at timestamptz generated always as (fenghuo.first_at(doc, '{dispatched,accepted,en-route,on-scene,under-control,feedback,review,supervision,closed,false-alarm}')) stored,
  add column accepted_at     timestamptz generated always as (fenghuo.first_at(doc, '{accepted}')) stored,
  add column on_scene_at     timestamptz generated always as (fenghuo.first_at(doc, '{on-scene}')) stored,
  add column worked_by       text[] generated always as (fenghuo.worked_by(doc)) stored,
  add column drawn_in        text[] generated always as (fenghuo.drawn_in(doc)) stored,
  add column reopened        integer generated always as ((doc ->> 'reopened')::integer) stored,
  add column satisfied       boolean generated always as ((doc -> 'followUp' ->> 'satisfied')::boolean) stored;

-- Both are counted out of the index alone.
drop index fenghuo.ticket_by_opened;
create index ticket_by_opened on fenghuo.ticket (county, opened_at)
  include (run, area, closed_at, stage, late, acknowledged_at, accepted_at, on_scene_at, worked_by, drawn_in, reopened, satisfied);
drop index fenghuo.ticket_by_closed;
create index ticket_by_closed on fenghuo.ticket (county, closed_at) include (run, area, stage, late) where closed_at is not null;
drop index fenghuo.alarm_by_raised;
create index alarm_by_raised on fenghuo.alarm (county, raised_at) include (run, test, area, device);

-- What hangs on a silent concentrator.
create index device_by_parent on fenghuo.device (parent) where parent is not null;
