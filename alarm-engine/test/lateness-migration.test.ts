import { ticketRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import { databaseBefore } from './database-before.ts';
import { aTicket, noon } from './records.ts';

const insertActs = `
  insert into fenghuo.audit (county, no, batch, at, actor, role, seat, act, subject, area, run, reason, detail)
  select '331081', no, 1, to_timestamp($1::float8 / 1000 + no), 'li', '', '', act, subject, '331081', null, note, detail
  from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[]) as t (no, subject, act, note, detail)`;

/** Of T-1: a missed deadline that went up twice, a visit, and after reopening one more of each; T-2 was never late. */
const acts: [no: number, subject: string, act: string, note: string, detail: object][] = [
  [1, 'T-2', 'miss-acknowledgement', '', { alarms: [], holder: 'U-old' }],
  [2, 'T-1', 'miss-deadline', '', { stage: 'accepted', holder: 'U-old' }],
  [3, 'T-1', 'escalate-ticket', '', { to: 'U-county' }],
  [4, 'T-1', 'record-follow-up', '烟感未修', { satisfied: false }],
  [5, 'T-1', 'reopen-ticket', '', {}],
  [6, 'T-1', 'miss-acknowledgement', '', { alarms: [], holder: 'U-old' }],
  [7, 'T-1', 'escalate-ticket', '', { to: 'U-county' }],
  [8, 'T-1', 'miss-supervision', '', { holder: 'U-old', told: 'U-county' }],
  [9, 'T-1', 'record-follow-up', '', { satisfied: true }],
];

test('tickets of a station that forgot: what was late, who was told, and each visit come back from the record of acts', async () => {
  await using before = await databaseBefore('-lateness.sql');
  const { owner, migrateOn } = before;
  await owner.query(
    `insert into fenghuo.area (code, county, level, name_zh, lon, lat) values ('331081', '331081', 'county', '温岭', 0, 0)`,
  );
  await owner.query(
    `insert into fenghuo.unit (id, county, level, area, name_zh, name_en, lon, lat, capabilities)
     values ('U-county', '331081', 'county', '331081', '市', 'County', 0, 0, '{}')`,
  );
  for (const id of ['T-1', 'T-2']) {
    const { lateness: _, visits: __, ...before } = aTicket({ id, area: '331081' });
    await owner.query('insert into fenghuo.ticket (id, county, doc) values ($1, $2, $3)', [
      ...[id, '331081', { ...before, followUp: null }],
    ]);
  }
  const column = <T>(of: (act: (typeof acts)[number]) => T) => acts.map(of);
  await owner.query(insertActs, [
    noon,
    ...[column(([no]) => no), column(([, of]) => of), column(([, , act]) => act)],
    ...[column(([, , , note]) => note), column(([, , , , detail]) => JSON.stringify(detail))],
  ]);
  await migrateOn();
  const { rows } = await owner.query('select doc, late, drawn_in, satisfied from fenghuo.ticket order by id');
  const [late, inTime] = rows.map(({ doc, ...of }) => ({ ...of, ...ticketRecord.strict().parse(doc) }));
  const old = { holder: 'U-old', holderName: { zh: 'U-old', en: 'U-old' }, limitMs: null };
  const county = { unit: 'U-county', level: 'county', name: { zh: '市', en: 'County' } };
  const told = (no: number) => [{ ...county, at: noon + no * 1000 }];
  expect(late).toMatchObject({
    ...{ late: true, drawn_in: ['county'], satisfied: true },
    lateness: [
      { ...old, what: 'deadline', stage: 'accepted', dueAt: noon + 2000, told: told(3) },
      { ...old, what: 'acknowledgement', stage: null, dueAt: noon + 6000, told: told(7) },
      { ...old, what: 'supervision', stage: null, dueAt: noon + 8000, told: told(8) },
    ],
    visits: [
      { at: noon + 4000, by: 'li', satisfied: false, note: '烟感未修' },
      { at: noon + 9000, by: 'li', satisfied: true, note: '' },
    ],
  });
  expect(inTime).toMatchObject({ late: false, drawn_in: [], satisfied: null, lateness: [], visits: [] });
});
