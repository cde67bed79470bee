import type { Change } from '@fenghuo/contracts/push.ts';
import { type AreaScope, liesOver, sees } from '../access/area-scope.ts';
import type { LoggedChangeRow } from '../store/sql/list-changes.ts';

/** Records that lie in an area. Drills lie in none: their watermark stands on every screen. */
const located: readonly string[] = ['alarm', 'incident', 'ticket', 'flood', 'hold'];

/**
 * What of the log concerns a viewer: records inside the scope as they are, records that left it as gone
 * (`doc` null). Topics that the contract does not know are the server's own and pass nobody.
 */
export function changesInScope(scope: AreaScope, rows: readonly LoggedChangeRow[]): Change[] {
  const changes: Change[] = [];
  for (const row of rows) {
    const change = changeInScope(scope, row);
    if (change !== null) changes.push(change);
  }
  return changes;
}

function changeInScope(scope: AreaScope, row: LoggedChangeRow): Change | null {
  const { topic, key, doc } = row;
  if (topic === 'drill') return { topic, key, doc } as Change;
  if (topic === 'broadcast') return liesOver(scope, row.area) ? ({ topic, key, doc } as Change) : null;
  if (!located.includes(topic)) return null;
  if (sees(scope, row.area)) return { topic, key, doc } as Change;
  if (row.wasArea !== null && sees(scope, row.wasArea)) return { topic, key, doc: null } as Change;
  return null;
}
