import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { ClientBase } from 'pg';

export interface PastEvent {
  no: number;
  device: string;
  /** Null: the device told no time. Milliseconds since 1970. */
  at: number | null;
  receivedAt: number;
  kind: ReportedKind;
  state: ReportedState;
  value: number | null;
  unit: string | null;
  attrs: Record<string, unknown> | null;
  retained: boolean;
}

export interface PastEventsWish {
  county: string;
  /** Code with which areas begin. */
  area: string;
  /** By when they came, ms, `to` excluded. */
  from: number;
  to: number;
  afterNo: number;
  limit: number;
}

/**
 * Live events that devices reported, in the order in which they were decided on. What supervision found is left out: it
 * is found again. Their own times bound the days that are read.
 */
export async function listPastEvents(db: ClientBase, wish: PastEventsWish): Promise<PastEvent[]> {
  const { county, area, from, to, afterNo, limit } = wish;
  const { rows } = await db.query<PastEvent>(
    `select e.no::float8 as no, d.id as device,
            case when e.flags & 8 = 0 then (extract(epoch from e.at) * 1000)::float8 end as at,
            (extract(epoch from e.received_at) * 1000)::float8 as "receivedAt",
            e.kind, e.state, e.value, e.unit, e.attrs, e.flags & 4 <> 0 as retained
     from fenghuo.event e join fenghuo.device d on d.no = e.device
     where d.county = $1 and coalesce(d.area, '') like $2 and e.run = '' and e.no > $5
       and e.received_at >= to_timestamp($3::float8 / 1000) and e.received_at < to_timestamp($4::float8 / 1000)
       and e.kind not in ('silent', 'stuck')
     order by e.no limit $6`,
    [county, area === county ? '%' : `${area}%`, from, to, afterNo, limit],
  );
  return rows;
}
