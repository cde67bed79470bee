import { type UpkeepFigures, upkeepAges } from '@fenghuo/contracts/upkeep.ts';
import type { OpenUpkeepRow } from '../store/sql/count-open-upkeep.ts';

/** What is open, added up. */
export function openFigures(rows: readonly OpenUpkeepRow[]): UpkeepFigures['open'] {
  const sum = (of: 'count' | 'assigned' | 'overdue') => rows.reduce((total, row) => total + row[of], 0);
  const byKindAndAge: UpkeepFigures['open']['byKindAndAge'] = {};
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const ofKind = rows.filter((row) => row.kind === kind);
    const counts = upkeepAges.map((age) => [age, ofKind.find((row) => row.age === age)?.count ?? 0]);
    byKindAndAge[kind] = Object.fromEntries(counts);
  }
  const [assigned, overdue] = [sum('assigned'), sum('overdue')];
  const overdueShare = assigned === 0 ? null : overdue / assigned;
  return { count: sum('count'), assigned, overdue, overdueShare, byKindAndAge };
}
