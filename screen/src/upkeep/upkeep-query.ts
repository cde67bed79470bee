/** How the queue is narrowed, and by what it is grouped, as the address has it; empty: whatever it is, as a list. */
const upkeepFields = ['by', 'kind', 'area', 'assignee', 'overdue', 'olderThanHours', 'state'] as const;
export type UpkeepFields = Record<(typeof upkeepFields)[number], string>;

/** What the queue is grouped by. */
export const upkeepViews = ['building', 'route'] as const;

export function upkeepFieldsOf(search: string): UpkeepFields {
  const query = new URLSearchParams(search);
  return Object.fromEntries(upkeepFields.map((name) => [name, query.get(name) ?? ''])) as UpkeepFields;
}

const queryOf = (fields: UpkeepFields) =>
  new URLSearchParams(upkeepFields.flatMap((name) => (fields[name] === '' ? [] : [[name, fields[name]]])));

export function upkeepAddress(fields: UpkeepFields): string {
  const query = queryOf(fields);
  return query.size === 0 ? '/upkeep' : `/upkeep?${query}`;
}

/** The route that is asked for a list, buildings, or days of driving. What is grouped is open. */
export function upkeepPath(fields: UpkeepFields, of: 'orders' | 'buildings' | 'routes' = 'orders'): string {
  const query = queryOf(of === 'orders' ? fields : { ...fields, state: '' });
  query.delete('by');
  if (of !== 'routes') query.set('limit', '100');
  return `/upkeep${of === 'orders' ? '' : `/${of}`}?${query}`;
}
