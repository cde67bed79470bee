import type { Statement } from '../statement-batch.ts';

/** Tables whose rows are a record as the contract words it, and whose changes screens follow. */
export type RecordTable = 'broadcast' | 'drill' | 'hold' | 'flood' | 'incident' | 'alarm' | 'ticket';

/** Units ordered to the case of a record, and those that were before: {@link unitsOrderedTo}. */
export interface RecordUnits {
  units: readonly string[];
  /** Absent: the same. */
  was?: readonly string[];
  /** Of a ticket: something of its case lies in another area. */
  scattered?: boolean;
}

export interface RecordsToKeep {
  county: string;
  /** By id, as the batch leaves them. */
  records: ReadonlyMap<string, object>;
  /** By id; of what is of no case that somebody is ordered to: none. */
  units: Readonly<Record<string, RecordUnits>>;
  /** Engine milliseconds. */
  at: number;
  /** Number of the county's last change; those of these records follow it, in their order, without gaps. */
  afterChange: number;
}

/** Writes records as they now are, and each as a line of the change log: the documents travel once for both. */
export function keepRecords(
  table: RecordTable,
  { county, records, units, at, afterChange }: RecordsToKeep,
): Statement {
  return {
    name: `keep-${table}`,
    text: `
      with record as (
        select doc, place from jsonb_array_elements($2) with ordinality as r (doc, place)
      ), kept as (
        ${table === 'ticket' ? keepTickets : keepOthers(table)}
      )
      insert into fenghuo.change_log (county, no, at, topic, key, area, doc, units, was_units, scattered)
      select $1, $3::bigint + place, to_timestamp($4::float8 / 1000), '${table}', doc ->> 'id',
             coalesce(doc ->> 'area', $1), doc,
             $5::jsonb -> (doc ->> 'id') -> 'units', $5::jsonb -> (doc ->> 'id') -> 'was',
             ($5::jsonb -> (doc ->> 'id') ->> 'scattered')::boolean
      from record`,
    values: [county, JSON.stringify([...records.values()]), afterChange, at, JSON.stringify(units)],
  };
}

const keepTickets = `
        insert into fenghuo.ticket (id, county, doc, units)
        select doc ->> 'id', $1, doc, coalesce($5::jsonb -> (doc ->> 'id') -> 'units', '[]') from record
        on conflict (id) do update set (doc, units) = (excluded.doc, excluded.units)`;

const keepOthers = (table: RecordTable) => `
        insert into fenghuo.${table} (id, county, doc) select doc ->> 'id', $1, doc from record
        on conflict (id) do update set doc = excluded.doc`;
