import type { Client } from 'pg';
import { firstDigest, linkDigest } from '../src/audit/chain.ts';

/**
 * What is wrong with the logs of the county: a link of the record that does not hold, a gap in the change log, in
 * the record or in the log of inputs. Nothing, after whatever died.
 */
export async function faultsOfLogs(outside: Client): Promise<string[]> {
  return [
    ...(await faultsOfChain(outside)),
    ...(await gaps(outside, 'change_log')),
    ...(await gaps(outside, 'audit')),
    ...(await gapsOfInputs(outside)),
  ];
}

async function faultsOfChain(outside: Client): Promise<string[]> {
  const { rows: links } = await outside.query(
    'select batch, previous, digest from fenghuo.audit_link order by batch',
  );
  const { rows: entries } = await outside.query(
    `select batch, no, extract(epoch from at)::float8 * 1000 as at, actor, role, seat, act, subject, area, run, reason, detail
     from fenghuo.audit order by no`,
  );
  const byBatch = Map.groupBy(entries, ({ batch }) => String(batch));
  const faults: string[] = [];
  let previous = firstDigest;
  for (const link of links) {
    const digest = linkDigest(previous, byBatch.get(String(link.batch)) ?? []);
    if (!previous.equals(link.previous) || !digest.equals(link.digest)) faults.push(`link ${link.batch}`);
    byBatch.delete(String(link.batch));
    previous = link.digest;
  }
  return [...faults, ...[...byBatch.keys()].map((batch) => `entries of ${batch} without a link`)];
}

async function gaps(outside: Client, table: 'change_log' | 'audit'): Promise<string[]> {
  const { rows } = await outside.query<{ gap: boolean }>(
    `select count(*) <> coalesce(max(no), 0) or coalesce(min(no), 1) <> 1 as gap from fenghuo.${table}`,
  );
  return rows[0]!.gap ? [`a gap in ${table}`] : [];
}

async function gapsOfInputs(outside: Client): Promise<string[]> {
  const { rows } = await outside.query<{ first: number }>(
    `select first_no::float8 as first from (
       select first_no, lag(last_no, 1, 0::bigint) over (order by last_no) as before from fenghuo.input_batch) b
     where first_no <> before + 1`,
  );
  return rows.map(({ first }) => `inputs before ${first} are missing`);
}
