/** How the queue is narrowed, as the address has it; empty: whatever it is. */
const upkeepFields = ['kind', 'area', 'assignee', 'overdue', 'olderThanHours', 'state'] as const;
export type UpkeepFields = Record<(typeof upkeepFields)[number], string>;

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

export function upkeepPath(fields: UpkeepFields): string {
  const query = queryOf(fields);
  query.set('limit', '100');
  return `/upkeep?${query}`;
}
