import type { Statement } from '../statement-batch.ts';

/** A unit that is to read a broadcast, and how many of it were told. */
export interface BroadcastUnit {
  broadcast: string;
  unit: string;
  told: number;
}

/** Keeps which units broadcasts are for. */
export function insertBroadcastUnits(units: readonly BroadcastUnit[]): Statement {
  return {
    name: 'insert-broadcast-units',
    text: `
      insert into fenghuo.broadcast_unit (broadcast, unit, told)
      select broadcast, unit, told from json_to_recordset($1) as u (broadcast text, unit text, told int)`,
    values: [JSON.stringify(units)],
  };
}
