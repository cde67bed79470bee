import { connectClient } from '../../alarm-engine/src/store/pool.ts';

/**
 * Puts `incidents` open incidents of four alarms each into a station's database, as copies of the newest that is there: a
 * storm that the writer does not know of, so that it costs no engine, and a screen cannot tell. All are medium, the oldest
 * an hour old.
 */
export async function stormOf(databaseUrl: string, incidents: number): Promise<void> {
  const client = await connectClient({ url: databaseUrl, name: 'storm' });
  try {
    await client.query(
      `with one as (select doc from fenghuo.incident where county = '331081' order by opened_at desc limit 1)
       insert into fenghuo.incident (id, county, doc)
       select 'storm-' || n, '331081', one.doc || jsonb_build_object(
         'id', 'storm-' || n, 'caseCode', 'STORM-' || n, 'severity', 'medium', 'ticket', null, 'closedAt', null,
         'alarms', (select jsonb_agg('storm-' || n || '-' || k) from generate_series(1, 4) as k),
         'openedAt', (extract(epoch from now()) * 1000)::bigint - 3600000 + n * 10)
       from one, generate_series(1, $1::int) as n`,
      [incidents],
    );
    await client.query(
      `with one as (select doc from fenghuo.alarm where county = '331081' order by raised_at desc limit 1)
       insert into fenghuo.alarm (id, county, doc)
       select 'storm-' || n || '-' || k, '331081', one.doc || jsonb_build_object(
         'id', 'storm-' || n || '-' || k, 'device', 'storm-' || n || '-' || k, 'incident', 'storm-' || n,
         'severity', 'medium', 'state', 'unacknowledged', 'acknowledged', false, 'closedAt', null,
         'raisedAt', (extract(epoch from now()) * 1000)::bigint - 3600000 + n * 10)
       from one, generate_series(1, $1::int) as n, generate_series(1, 4) as k`,
      [incidents],
    );
  } finally {
    await client.end();
  }
}
