-- A ticket's step is named by its workflow, and its stage says what it means; figures go by the stage. Tickets from
-- before had the one workflow, in which both were the same. Crash window: none of its own, one transaction.

update fenghuo.ticket set doc = jsonb_build_object('workflow', 'wenling@1', 'stage', doc -> 'step', 'escalations', '[]'::jsonb,
    'parties', '[]'::jsonb, 'evidence', '[]'::jsonb, 'listed', null, 'followUp', null, 'reopened', 0)
  || jsonb_set(jsonb_set(doc, '{moves}', coalesce((select jsonb_agg(move || jsonb_build_object('stage', move -> 'to'))
       from jsonb_array_elements(doc -> 'moves') as move), '[]'::jsonb)),
     '{due}', case jsonb_typeof(doc -> 'due') when 'object' then
       (doc -> 'due') - 'step' || jsonb_build_object('stage', doc -> 'due' -> 'step') else 'null'::jsonb end)
  where not doc ? 'stage';
alter table fenghuo.ticket add column stage text generated always as (doc ->> 'stage') stored;
