import type { Statement } from '../statement-batch.ts';

/** Gives devices that nobody registered a row, and with it a place in the list for adoption. */
export function insertUnknownDevices(
  county: string,
  devices: readonly { no: number; id: string }[],
): Statement {
  return {
    name: 'insert-unknown-devices',
    text: `
      insert into fenghuo.device (no, id, county, type, adopted)
      select no, id, $1, 'unknown', false from json_to_recordset($2) as d (no int, id text)`,
    values: [county, JSON.stringify(devices)],
  };
}
