import type { ClientBase } from 'pg';

/** A row of the log of inputs. */
export interface InputBatchRow {
  firstNo: number;
  lastNo: number;
  /** Engine milliseconds. */
  engineAt: number;
  /** How many events and commands it had. */
  events: number;
  commands: number;
  /** Ids of what was due; null: from before they were kept. */
  due: readonly string[] | null;
}

/** Batches after an input number, in order: those that end within the next `span` numbers, at least one. */
export async function listInputBatches(
  client: ClientBase,
  county: string,
  { after, span, upTo }: { after: number; span: number; upTo: number },
): Promise<InputBatchRow[]> {
  const { rows } = await client.query<InputBatchRow>({
    name: 'list-input-batches',
    text: `
      select first_no as "firstNo", last_no as "lastNo", (extract(epoch from engine_at) * 1000)::float8 as "engineAt",
             events, commands, due
      from fenghuo.input_batch
      where county = $1 and last_no > $2 and last_no <= $4
        and last_no <= greatest($2::bigint + $3::bigint,
                                (select min(last_no) from fenghuo.input_batch where county = $1 and last_no > $2))
      order by last_no`,
    values: [county, after, span, upTo],
  });
  return rows;
}
