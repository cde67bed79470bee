import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Loads what a flood wrote of its acknowledgements into a temporary table, one range of `seq` a row. */
export async function makeAcknowledged(db: ClientBase, file: string): Promise<void> {
  await db.query('drop table if exists acknowledged');
  await db.query(`
    create temporary table acknowledged
      (device text not null, first_seq bigint not null, last_seq bigint not null, alarm_at float8)`);
  const copy = db.query(copyFrom('copy acknowledged from stdin with (format csv)'));
  await pipeline(createReadStream(file), copy);
  await db.query('analyze acknowledged');
}
