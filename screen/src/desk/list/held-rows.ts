import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import type { Listed } from '../../state/open-list.ts';

/** A row: an incident, or below it, unfolded, one of its alarms. */
export type Row = Listed | AlarmLine;

export const isIncidentRow = (row: Row): row is Listed => 'alarms' in row;

export const rowKey = (row: Row) => (isIncidentRow(row) ? row.incident.id : row.id);

/** Which incidents show their alarms. */
export interface Unfolding {
  all: boolean;
  ids: ReadonlySet<string>;
}

/** Incidents as rows. An incident of one alarm says all of it in its own. Pure. */
export function rowsOf(order: readonly Listed[], { all, ids }: Unfolding): Row[] {
  const rows: Row[] = [];
  for (const listed of order) {
    rows.push(listed);
    if (all || ids.has(listed.incident.id)) for (const alarm of listed.alarms) rows.push(alarm);
  }
  return rows;
}

/** The list as it was when the hand came, and the ids of its incidents. */
export interface Stay {
  order: readonly Listed[];
  ids: ReadonlySet<string>;
}

export function stayOf(order: readonly Listed[]): Stay {
  return { order, ids: new Set(order.map(({ incident }) => incident.id)) };
}

/** A list whose rows stay where they are. */
export interface Held {
  /** As it was when the hand came: in this order, nothing comes in between, and what ended stays as a mark. */
  order: readonly Listed[];
  /** Incidents that came since and are not among them, and the gravest of these. */
  waiting: number;
  gravest: Severity | null;
}

/**
 * The list of `before` with what is known `now` of the same incidents. One that is over stays as it was, so that nothing
 * moves under the hand; of one that goes on, alarms that came since wait as well, its other facts are of now. Pure.
 */
export function holdOrder(
  before: Stay,
  now: readonly Listed[],
  find: (id: string) => Listed | undefined,
): Held {
  let waiting = 0;
  let gravest: Severity | null = null;
  for (const { incident } of now) {
    if (before.ids.has(incident.id)) continue;
    waiting += 1;
    if (gravest === null || compareSeverity(incident.severity, gravest) < 0) gravest = incident.severity;
  }
  const order = before.order.map((old) => {
    const fresh = find(old.incident.id);
    return fresh === undefined || fresh === old ? old : { ...fresh, alarms: old.alarms };
  });
  return { order, waiting, gravest };
}
