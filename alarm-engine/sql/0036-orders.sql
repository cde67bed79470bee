-- An order reaches over the borders of areas: which units are ordered to a ticket, and those above them, by the rule of
-- access/reach.ts, written by the writer with the ticket. The log says it of each change, and what it was before where
-- that was different, so that whoever is no longer ordered is told that the case is gone; and, of a ticket, whether something of its case lies in another area than it.
-- Crash window: none; one transaction. Of tickets that are open now the holder, the parties and those above them are
-- filled in; the team of one that is past the scene already comes with its next change.
alter table fenghuo.ticket add column units jsonb not null default '[]';
alter table fenghuo.change_log add column units jsonb;
alter table fenghuo.change_log add column was_units jsonb;
alter table fenghuo.change_log add column scattered boolean;

with recursive ordered as (
  select t.id as ticket, u.id, u.parent, u.level
  from fenghuo.ticket t
  join fenghuo.unit u on u.id = t.holder or u.id in (
    select party ->> 'unit' from jsonb_array_elements(t.doc -> 'parties') as party where party ->> 'state' <> 'released')
  where t.closed_at is null
  union
  select o.ticket, u.id, u.parent, u.level from ordered o join fenghuo.unit u on u.id = o.parent
)
update fenghuo.ticket t set units = filled.units
from (select ticket, jsonb_agg(distinct id) as units from ordered where level <> 'county' group by ticket) as filled
where t.id = filled.ticket;
