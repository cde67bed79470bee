import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

/** What is asked for; null: whatever it is. Times in ms. */
export interface PastWish {
  county: string;
  areaPattern: string;
  device: string | null;
  building: string | null;
  kind: string | null;
  severity: string | null;
  state: string | null;
  /** The drill; null is live. */
  run: string | null;
  from: number | null;
  to: number | null;
  limit: number;
}

export interface PastAlarmsWish extends PastWish {
  /** Only those raised before this one, which the previous page ended with. */
  before: { raisedAt: number; id: string } | null;
}

/** What {@link listPastAlarms} runs, with its values. What is null is left out when the statement is planned. */
export function listPastAlarmsStatement(wish: PastAlarmsWish) {
  return {
    text: `
      select doc from fenghuo.alarm
      where county = $1 and area like $2 and (run = $3 or $3::text is null and run is null)
        and ($4::text is null or device = $4) and ($5::text is null or building = $5)
        and ($6::text is null or kind = $6) and ($7::text is null or severity = $7)
        and ($8::text is null or state = $8)
        and ($9::float8 is null or raised_at >= to_timestamp($9 / 1000))
        and ($10::float8 is null or raised_at < to_timestamp($10 / 1000))
        and ($11::float8 is null or raised_at <= to_timestamp($11 / 1000))
        and ($11::float8 is null or (raised_at, id) < (to_timestamp($11 / 1000), $12))
      order by raised_at desc, id desc limit $13`,
    values: [...pastValues(wish), wish.before?.raisedAt ?? null, wish.before?.id ?? null, wish.limit],
  };
}

/** `$1` to `$10` of statements about the past. */
export function pastValues({ county, areaPattern, run, device, building, ...wish }: PastWish) {
  return [
    ...[county, areaPattern, run, device, building],
    ...[wish.kind, wish.severity, wish.state, wish.from, wish.to],
  ];
}

/** Alarms by when they were raised, newest first. */
export async function listPastAlarms(db: Queryable, wish: PastAlarmsWish): Promise<AlarmRecord[]> {
  const { text, values } = listPastAlarmsStatement(wish);
  return (await db.query<{ doc: AlarmRecord }>(text, values)).rows.map(({ doc }) => doc);
}
