import type { ClientBase } from 'pg';

/** Gives devices that nobody registered a row, and with it a place in the list for adoption. */
export async function insertUnknownDevices(
  client: ClientBase,
  county: string,
  devices: readonly { no: number; id: string }[],
): Promise<void> {
  if (devices.length === 0) return;
  await client.query({
    name: 'insert-unknown-devices',
    text: `
      insert into fenghuo.device (no, id, county, type, adopted)
      select no, id, $1, 'unknown', false from unnest($2::int[], $3::text[]) as d (no, id)`,
    values: [county, devices.map((device) => device.no), devices.map((device) => device.id)],
  });
}
