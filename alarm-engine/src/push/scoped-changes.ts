import type { Change } from '@fenghuo/contracts/push.ts';
import { liesOver, sees } from '../access/area-scope.ts';
import { isOrderedTo, type Reach } from '../access/reach.ts';
import type { LoggedChangeRow } from '../store/sql/list-changes.ts';

/** Records that lie in an area. Drills lie in none: their watermark stands on every screen. */
const located: readonly string[] = ['alarm', 'incident', 'ticket', 'flood', 'hold'];

/** What of the log concerns a viewer. */
export interface ScopedChanges {
  changes: Change[];
  /** A case came within reach by an order, or is out of it: the rest of it, which did not change, is told by a snapshot. */
  turned: boolean;
}

/**
 * What of the log concerns a viewer: records within reach as they are, records that left it as gone (`doc` null). Topics
 * that the contract does not know are the server's own and pass nobody.
 */
export function changesInScope(reach: Reach, rows: readonly LoggedChangeRow[]): ScopedChanges {
  const scoped: ScopedChanges = { changes: [], turned: false };
  for (const row of rows) {
    const change = changeInScope(reach, row);
    if (change === null) continue;
    scoped.changes.push(change);
    if (!isTurned(reach, row)) continue;
    scoped.turned = true;
    const incident = incidentOf(row.doc);
    if (change.doc === null && incident !== null)
      scoped.changes.push({ topic: 'incident', key: incident, doc: null });
  }
  return scoped;
}

function changeInScope(reach: Reach, row: LoggedChangeRow): Change | null {
  const { topic, key, doc } = row;
  if (topic === 'drill') return { topic, key, doc } as Change;
  if (topic === 'broadcast') return liesOver(reach, row.area) ? ({ topic, key, doc } as Change) : null;
  if (!located.includes(topic)) return null;
  if (sees(reach, row.area) || isOrdered(reach, row)) return { topic, key, doc } as Change;
  if (wasSeen(reach, row) || wasOrdered(reach, row)) return { topic, key, doc: null } as Change;
  return null;
}

const isOrdered = (reach: Reach, { units }: LoggedChangeRow) => isOrderedTo(reach, units ?? []);
const wasOrdered = (reach: Reach, { units, wasUnits }: LoggedChangeRow) =>
  isOrderedTo(reach, wasUnits ?? units ?? []);
const wasSeen = (reach: Reach, { wasArea }: LoggedChangeRow) => wasArea !== null && sees(reach, wasArea);

/** The order that a ticket is began or ended for a viewer who does not see all of its case by area. */
function isTurned(reach: Reach, row: LoggedChangeRow): boolean {
  if (row.topic !== 'ticket' || (sees(reach, row.area) && row.scattered !== true)) return false;
  return isOrdered(reach, row) !== wasOrdered(reach, row);
}

function incidentOf(doc: unknown): string | null {
  if (typeof doc !== 'object' || doc === null || !('incident' in doc)) return null;
  return typeof doc.incident === 'string' ? doc.incident : null;
}
