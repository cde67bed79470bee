import type { DrillBody, WebhookBody } from '@fenghuo/contracts/deliveries.ts';
import type { Queryable } from '../queryable.ts';

/** A delivery that waits, with what its channel needs to know. */
export interface WaitingDelivery extends Pick<WebhookBody, 'id' | 'at' | 'unit'> {
  /** What it says: of a ticket, or of a drill that begins or ends. */
  says: Pick<WebhookBody, 'kind' | 'run' | 'note' | 'ticket'> | Pick<DrillBody, 'kind' | 'run' | 'drill'>;
  channel: string;
  /** Made so far. */
  attempts: number;
  /** The county's people are invented. */
  demo: boolean;
  /** That it belongs to; null: none, or none that is known. */
  drill: { participants: string[]; over: boolean } | null;
  /** Null when the roster does not know them any more. */
  person: WebhookBody['person'] | null;
}

/** A delivery that still waits; null when it is settled. */
export async function findWaitingDelivery(db: Queryable, id: string): Promise<WaitingDelivery | null> {
  const { rows } = await db.query<WaitingDelivery>(
    `select d.id, d.channel, d.attempts, extract(epoch from d.made_at)::float8 * 1000 as at,
            coalesce(d.unit, d.doc ->> 'holder') as unit, c.demo,
            jsonb_build_object('kind', d.kind, 'run', d.run) ||
            case when d.kind like 'drill-%' then jsonb_build_object('drill', d.doc)
              else jsonb_build_object('note', d.note, 'ticket', d.doc)
            end as says,
            case when r.id is not null
              then jsonb_build_object('participants', r.doc -> 'participants', 'over', r.ended_at is not null)
            end as drill,
            case when p.id is not null
              then jsonb_build_object('id', p.id, 'name', p.name, 'phone', p.phone)
            end as person
     from fenghuo.delivery d
     join fenghuo.county c on c.code = d.county
     left join fenghuo.drill r on r.id = d.run
     left join fenghuo.person p on p.id = d.person
     where d.id = $1 and d.state = 'waiting'`,
    [id],
  );
  return rows[0] ?? null;
}
