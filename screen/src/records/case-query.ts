import { countyDay } from '../ui/county-day.ts';

/** What is searched for, as the address and the form have it: all text, empty selects everything. */
const searchFields = ['text', 'code', 'device', 'person', 'from', 'to', 'state', 'area', 'run'] as const;
export type CaseSearchFields = Record<(typeof searchFields)[number], string>;

export function fieldsOf(search: string): CaseSearchFields {
  const query = new URLSearchParams(search);
  return Object.fromEntries(searchFields.map((name) => [name, query.get(name) ?? ''])) as CaseSearchFields;
}

/** The query of the address: what is empty is left out. */
export function addressOf(fields: CaseSearchFields): string {
  const query = new URLSearchParams(searchFields.flatMap((name) => entryOf(name, fields[name])));
  return query.size === 0 ? '/records' : `/records?${query}`;
}

/** The path that the server is asked: days are days of the county, the last one included. */
export function pathOf(fields: CaseSearchFields, timeZone: string): string {
  const { from, to, ...plain } = fields;
  const [begin, end] = [countyDay(from, timeZone), countyDay(dayAfter(to), timeZone)];
  const query = new URLSearchParams([
    ...searchFields.flatMap((name) => (name in plain ? entryOf(name, fields[name]) : [])),
    ...(Number.isNaN(begin) ? [] : [['from', String(begin)]]),
    ...(Number.isNaN(end) ? [] : [['to', String(end)]]),
    ['limit', '50'],
  ]);
  return `/cases?${query}`;
}

const entryOf = (name: string, value: string) => (value.trim() === '' ? [] : [[name, value.trim()]]);

function dayAfter(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at + 24 * 3_600_000).toISOString().slice(0, 10);
}
