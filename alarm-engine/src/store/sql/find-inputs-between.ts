import type { ClientBase } from 'pg';

/** Numbers and engine times of the inputs in a stretch of history. */
export interface InputRange {
  firstNo: number;
  lastNo: number;
  firstAt: number;
  lastAt: number;
}

/** The inputs with engine times in [`from`, `to`), ms since 1970; null when there are none. */
export async function findInputsBetween(
  client: ClientBase,
  county: string,
  { from, to }: { from: number; to: number },
): Promise<InputRange | null> {
  const { rows } = await client.query<{ [key in keyof InputRange]: number | null }>(
    `select min(first_no) as "firstNo", max(last_no) as "lastNo",
            (extract(epoch from min(engine_at)) * 1000)::float8 as "firstAt",
            (extract(epoch from max(engine_at)) * 1000)::float8 as "lastAt"
     from fenghuo.input_batch
     where county = $1 and engine_at >= to_timestamp($2::float8 / 1000) and engine_at < to_timestamp($3::float8 / 1000)`,
    [county, from, to],
  );
  const found = rows[0]!;
  const { firstNo, lastNo, firstAt, lastAt } = found;
  if (firstNo === null || lastNo === null || firstAt === null || lastAt === null) return null;
  return { firstNo, lastNo, firstAt, lastAt };
}
