import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { ClientBase } from 'pg';

export type FoundAlarm = Pick<
  AlarmRecord,
  'id' | 'run' | 'device' | 'kind' | 'severity' | 'raisedAt' | 'lastEventAt' | 'incident'
>;

export interface AlarmScope {
  /** Ms since 1970. */
  since: number;
  /** Run of the drill, if there is one. */
  run: string | null;
  /** Everything was said in it: a live fire meanwhile is none of its alarms. */
  inDrill: boolean;
  /** Of every device, and not of those of the ledger alone: the station is ours. */
  all: boolean;
}

/** Alarms that were raised, or told of again, since a moment: of the live world and of one drill. */
export async function listAlarms(
  db: ClientBase,
  { since, run, inDrill, all }: AlarmScope,
): Promise<FoundAlarm[]> {
  const { rows } = await db.query<FoundAlarm>(
    `select id, run, device, doc ->> 'kind' as kind, severity, incident,
            (doc ->> 'raisedAt')::float8 as "raisedAt", (doc ->> 'lastEventAt')::float8 as "lastEventAt"
     from fenghuo.alarm
     where (raised_at >= to_timestamp($1::float8 / 1000) or (doc ->> 'lastEventAt')::float8 >= $1)
       and (run = $2 or (run is null and not $4))
       and ($3 or device in (select device from ledger))
     order by raised_at, id`,
    [since, run, all, inDrill],
  );
  return rows;
}
