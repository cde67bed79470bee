-- What was late is kept in the ticket for good, and so is every visit: figures forgot both when it was opened again, since
-- they read who is told of it now. Tickets from before take it from the record of acts, which has forgotten nothing; what
-- was allowed then is not known any more. Crash window: none; one transaction.

create function fenghuo.unit_words(id text) returns jsonb language sql stable as $$
  select coalesce((select jsonb_build_object('zh', u.name_zh, 'en', u.name_en) from fenghuo.unit u where u.id = unit_words.id),
                  jsonb_build_object('zh', id, 'en', id))
$$;

create function fenghuo.unit_told(id text, at timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object('unit', id, 'name', fenghuo.unit_words(id), 'at', round(extract(epoch from at) * 1000),
    'level', coalesce((select u.level from fenghuo.unit u where u.id = unit_told.id), 'county'))
$$;

create function fenghuo.lateness_of(ticket text) returns jsonb language sql stable as $$
  with said as (
    select no, act, at, detail::jsonb as detail, lead(act) over (order by no) as next_act
    from fenghuo.audit
    where subject = ticket and act in ('miss-deadline', 'miss-acknowledgement', 'miss-supervision', 'escalate-ticket')
  ), missed as (
    select *, lead(no) over (order by no) as until from said
    where act in ('miss-deadline', 'miss-supervision') or act = 'miss-acknowledgement' and next_act = 'escalate-ticket'
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'what', substr(act, 6), 'stage', detail -> 'stage', 'dueAt', round(extract(epoch from at) * 1000), 'limitMs', null,
      'holder', detail -> 'holder', 'holderName', fenghuo.unit_words(detail ->> 'holder'),
      'told', case act when 'miss-supervision' then jsonb_build_array(fenghuo.unit_told(detail ->> 'told', at)) else (
        select coalesce(jsonb_agg(fenghuo.unit_told(up.detail ->> 'to', up.at) order by up.no), '[]')
        from said up where up.act = 'escalate-ticket' and up.no > missed.no and (until is null or up.no < until)) end
    ) order by no), '[]')
  from missed
$$;

update fenghuo.ticket set doc = doc - 'followUp' || jsonb_build_object(
  'lateness', fenghuo.lateness_of(id),
  'visits', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'at', round(extract(epoch from at) * 1000), 'by', actor, 'satisfied', detail::jsonb -> 'satisfied', 'note', reason) order by no), '[]')
    from fenghuo.audit where subject = ticket.id and act = 'record-follow-up'));
-- What commands were given of closed cases is read again by a replay.
update fenghuo.command set closed_case = jsonb_set(closed_case, '{ticket}',
    (closed_case -> 'ticket') - 'followUp' || '{"lateness": [], "visits": []}')
  where jsonb_typeof(closed_case -> 'ticket') = 'object';

drop function fenghuo.lateness_of(text), fenghuo.unit_told(text, timestamptz), fenghuo.unit_words(text);

-- Levels that had to act beside those that worked on it: told that it is late, or called to it and come.
create or replace function fenghuo.drawn_in(doc jsonb) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct level), '{}') from (
    select told ->> 'level' as level
    from jsonb_array_elements(doc -> 'lateness') as late, jsonb_array_elements(late -> 'told') as told
    union all
    select party ->> 'level' from jsonb_array_elements(doc -> 'parties') as party
    where party ->> 'state' not in ('called', 'released')) as levels
$$;

drop index fenghuo.ticket_by_opened;
drop index fenghuo.ticket_by_closed;
alter table fenghuo.ticket drop column late, drop column drawn_in, drop column satisfied;
alter table fenghuo.ticket
  add column late      boolean generated always as (doc -> 'lateness' <> '[]') stored,
  add column drawn_in  text[] generated always as (fenghuo.drawn_in(doc)) stored,
  add column satisfied boolean generated always as ((doc -> 'visits' -> -1 ->> 'satisfied')::boolean) stored;
create index ticket_by_opened on fenghuo.ticket (county, opened_at)
  include (run, area, closed_at, stage, late, acknowledged_at, accepted_at, on_scene_at, worked_by, drawn_in, reopened, satisfied);
create index ticket_by_closed on fenghuo.ticket (county, closed_at) include (run, area, stage, late) where closed_at is not null;
