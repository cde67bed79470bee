import type { DeliveryCard } from '@fenghuo/contracts/deliveries.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** What was told of an incident within a reach, people unmasked, the oldest first; null when there is no such incident. */
export async function listDeliveries(
  db: Queryable,
  query: ReachValues & { county: string; incident: string },
): Promise<DeliveryCard[] | null> {
  const { rows } = await db.query<{ deliveries: DeliveryCard[] }>(
    `select coalesce((
       select jsonb_agg(jsonb_build_object(
                'id', d.id, 'kind', d.kind, 'at', ${inMs('d.made_at')}, 'channel', d.channel,
                'unit', d.unit, 'note', d.note,
                'person', case when p.id is not null
                            then jsonb_build_object('name', p.name, 'phone', p.phone) end,
                'state', d.state, 'reason', d.reason, 'attempts', d.attempts,
                'triedAt', ${inMs('d.tried_at')}, 'settledAt', ${inMs('d.settled_at')})
              order by d.made_at, d.id)
       from fenghuo.delivery d left join fenghuo.person p on p.id = d.person
       where d.incident = i.id and d.county = i.county), '[]') as deliveries
     from fenghuo.incident i where i.county = $1 and i.id = $2 and ${incidentInReach('i', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.incident, query.areaPattern, query.unit],
  );
  return rows[0]?.deliveries ?? null;
}

function inMs(column: string): string {
  return `round(extract(epoch from ${column}) * 1000)`;
}
