import type { HistoryEvent } from '@fenghuo/contracts/history.ts';
import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** Where a page begins: behind the event of this time, ms, and number. */
export interface EventPlace {
  time: number;
  no: number;
}

/** Null selects everything. */
export interface EventsWish {
  kind: EventKind | null;
  state: ReportedState | null;
  /** Empty: live. */
  run: string;
  devices: readonly number[] | null;
}

/** A stretch of time to look through, downwards. */
export interface EventStretch {
  /** Ms, inclusive. */
  from: number;
  below: EventPlace;
  limit: number;
}

/**
 * By what events are found. `devices`: by the key, one device after the other. `unusual`: by the index on what is not
 * normal, one kind after the other. `order`: all of a stretch, by the BRIN index on the order in which they came.
 */
export type EventSearch = 'devices' | 'unusual' | 'order';

const columns = `e.no, e.device, e.at, e.received_at, e.kind, e.state, e.value, e.unit, e.flags, e.run, e.attrs`;
const [from, below] = ['to_timestamp($1::float8 / 1000)', 'to_timestamp($2::float8 / 1000)'];
const wanted = `e.run = $5 and ($6::text is null or e.kind = $6) and ($7::text is null or e.state = $7)`;

/** Events of one table, which are known by one of their times: where there is a day for it, by that of the device. */
interface Branch {
  table: 'event_by_day' | 'event_elsewhere';
  time: 'e.at' | 'e.received_at';
}

const branches: readonly Branch[] = [
  { table: 'event_by_day', time: 'e.at' },
  { table: 'event_elsewhere', time: 'e.received_at' },
];

/** The newest of a branch. `$1` and `$2`, `$3` bound the time, `$4` the number, `$5` to `$8` say which. */
const newest = ({ table, time }: Branch, condition: string) =>
  `select ${columns}, ${time} as time from fenghuo.${table} as e
   where ${time} >= ${from} and ${time} <= ${below} and (${time}, e.no) < (${below}, $3::bigint)
     and ${wanted} and ${condition}
   order by ${time} desc, e.no desc limit $4`;

/** Not by an index on the device: ten thousand of them in each day would take longer than all that happened. */
const ofAll = '($8::integer[] is null or e.device + 0 = any ($8))';
const searches: Record<EventSearch, (branch: Branch) => string> = {
  devices: (branch) =>
    `select found.* from unnest($8::integer[]) as wanted (device)
     cross join lateral (${newest(branch, 'e.device = wanted.device')}) as found`,
  unusual: (branch) =>
    branch.table === 'event_by_day'
      ? `select found.* from unnest(case when $6::text is null then $9::text[] else array[$6] end) as wanted (kind)
         cross join lateral (
           ${newest(branch, `e.kind = wanted.kind and e.state <> 'normal' and ${ofAll}`)}) as found`
      : `select * from (${newest(branch, `e.state <> 'normal' and ${ofAll}`)}) as found`,
  order: (branch) => `select * from (${newest(branch, ofAll)}) as found`,
};

const text = (search: EventSearch) =>
  `
  with found as (
    ${branches.map(searches[search]).join(' union all ')}
    order by time desc, no desc limit $4
  )
  select e.no::float8 as no, d.id as device, d.area, d.building, ms(e.time) as time,
         case when e.flags & 8 = 0 then ms(e.at) end as "deviceTime", ms(e.received_at) as "receivedAt",
         e.kind, e.state, e.value, e.unit, e.attrs, nullif(e.run, '') as run,
         e.flags & 1 <> 0 as late, e.flags & 2 <> 0 as skewed, e.flags & 4 <> 0 as retained
  from found as e join fenghuo.device as d on d.no = e.device
  order by e.time desc, e.no desc`.replaceAll(/ms\(([^)]+)\)/g, '(extract(epoch from $1) * 1000)::float8');

/** What one search runs, with its values. */
export function listEventsStatement(
  search: EventSearch,
  { kind, state, run, devices }: EventsWish,
  stretch: EventStretch,
  kinds: readonly EventKind[],
) {
  const values = [
    stretch.from,
    stretch.below.time,
    stretch.below.no,
    stretch.limit,
    run,
    kind,
    state,
    devices,
  ];
  return { text: text(search), values: search === 'unusual' ? [...values, kinds] : values };
}

/** Events of a stretch, newest first. `kinds`: all there are. */
export async function listEvents(
  db: Queryable,
  ...asked: Parameters<typeof listEventsStatement>
): Promise<HistoryEvent[]> {
  const { text, values } = listEventsStatement(...asked);
  return (await db.query<HistoryEvent>(text, values)).rows;
}
