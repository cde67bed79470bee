import { expect, test } from 'vitest';
import { prepareStation } from './crash-station.ts';

/** Where each server dies: the batch in which the deadline fires, and then the one in which the next level is told. */
const deaths = ['before-commit', 'commit-to-puback', 'before-commit', 'commit-to-puback'] as const;

test('late while the station is down, and killed before and after each commit: every level is told, and none twice', async () => {
  await using station = await prepareStation();
  const { outside } = station;
  await outside.query(`insert into fenghuo.person (id, unit, name, post, phone, on_duty)
                       values ('P4', 'U-zeguo', '李梅', '值班员', '13900000004', true)`);
  const server = await station.start();
  const client = await station.connect(server);
  const pressed = JSON.stringify({ id: 'fire-1', kind: 'manual', ts: Date.now() });
  await client.publishAsync('fenghuo/v1/331081/S-1/event', pressed, { qos: 1 });
  const ticket = (await outside.query('select id from fenghuo.ticket')).rows[0].id;
  const order = { act: 'assign-ticket', subject: ticket, expectedVersion: 1 };
  expect(await station.order(order)).toMatchObject({ ok: true });
  const incident = (await outside.query('select id, doc from fenghuo.incident')).rows[0];
  const seen = { subject: incident.id, expectedVersion: incident.doc.version };
  expect(await station.order({ act: 'acknowledge-incident', ...seen })).toMatchObject({ ok: true });
  await client.endAsync(true);
  await server.stop();
  await outside.query(`update fenghuo.due set due_at = now() - interval '10 minutes'`);
  for (const failpoint of deaths)
    expect(await station.doom({ FENGHUO_FAILPOINT: failpoint })).toBe('SIGKILL');
  await station.start();
  expect(await station.order({ act: 'set-duty', subject: 'P3', post: null, until: null })).toMatchObject({
    ok: true,
  });
  const { rows: acts } = await outside.query(
    `select act, detail::jsonb ->> 'to' as unit from fenghuo.audit
     where act in ('miss-deadline', 'escalate-ticket') order by no`,
  );
  expect(acts).toEqual([
    { act: 'miss-deadline', unit: null },
    { act: 'escalate-ticket', unit: 'U-zeguo' },
    { act: 'escalate-ticket', unit: 'U-county' },
  ]);
  const { rows: told } = await outside.query(
    `select kind, person from fenghuo.delivery where kind in ('deadline-missed', 'escalated') order by made_at, kind, message`,
  );
  expect(told).toEqual([
    { kind: 'deadline-missed', person: 'P3' },
    { kind: 'escalated', person: 'P4' },
    { kind: 'escalated', person: 'P1' },
  ]);
  const { rows: due } = await outside.query(`select kind from fenghuo.due`);
  expect(due).toEqual([]);
}, 180_000);
