import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import { roles } from '@fenghuo/contracts/words.ts';
import { caseCode } from '../src/tickets/case-code.ts';
import { aHold, anAlarm, anIncident, anUpkeep, aTicket, insertUpkeep, noon } from './records.ts';
import { insertTestAccount, zeguo } from './small-county.ts';
import { storeEvents } from './stored-events.ts';
import type { TestWeb } from './test-web.ts';

const grid = `${zeguo}203-02`;

/** Of the key-holder of building B1; people wrote it down wherever they may write. */
export const citizensNumber = '13812342207';
const written = `户主 ${citizensNumber}`;

const aBroadcast: BroadcastRecord = {
  ...{ id: 'B-zeguo', run: null, incident: null, caseCode: null, level: 'village', area: zeguo },
  ...{ place: { zh: '泽国镇', en: 'Zeguo' }, text: written, at: noon, by: 'li', from: '李梅' },
  ...{ units: 1, read: 0, closedAt: null, version: 1 },
};

/** Of the incident in Zeguo. */
export const zeguosCase = caseCode({ prefix: 'WL', drill: false, day: '260301', serial: 1 });

/** Something of all that there is, in Zeguo or for the county, and nothing in Songmen: so that every list has what to hide. */
export async function makeZeguoBusy(web: TestWeb): Promise<void> {
  const shelf = { since: noon, until: noon, by: 'dispatcher', reason: written };
  const alarm = { id: 'A-zeguo', area: grid, incident: 'I-zeguo', shelf };
  const move = {
    at: noon,
    from: null,
    to: 'received',
    stage: 'received',
    by: 'engine',
    holder: 'U-zeguo',
    reason: written,
  } as const;
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ ...alarm, acknowledgedComment: written }) },
    {
      topic: 'incident',
      doc: anIncident({ id: 'I-zeguo', area: grid, building: 'B1', ticket: 'T-zeguo', caseCode: zeguosCase }),
    },
    { topic: 'incident', doc: anIncident({ id: 'I-other', area: grid }) },
    {
      topic: 'ticket',
      doc: aTicket({ id: 'T-zeguo', area: grid, incident: 'I-zeguo', moves: [move, move] }),
    },
    { topic: 'broadcast', doc: aBroadcast },
    { topic: 'hold', doc: aHold({ id: 'H-zeguo', area: grid, reason: written }) },
  );
  const assigned = {
    unit: 'U-zeguo',
    name: { zh: '泽国镇', en: 'Zeguo' },
    person: '王工',
    at: noon,
    by: 'li',
  };
  const returns = [{ what: 'order', at: noon, by: 'li', unit: 'U-zeguo', reason: written } as const];
  await insertUpkeep(
    web.pool,
    anUpkeep({ id: 'U-1', device: 'S-1', area: grid, building: 'B1' }),
    anUpkeep({
      id: 'U-2',
      device: 'H-1',
      area: grid,
      building: 'B1',
      returns,
      assigned: { ...assigned, dueAt: noon },
    }),
  );
  await insertFile(web);
  await insertPast(web);
  await insertCountys(web);
  await insertReport(web);
  await insertWalls(web);
}

/** A file of the case in Zeguo, with words about it. */
async function insertFile(web: TestWeb): Promise<void> {
  const file = { kind: 'photo', type: 'image/jpeg', name: '', bytes: 1, sha256: 'a', sentSha256: 'a' };
  const facts = { width: 1, height: 1, takenAt: null, lon: null, lat: null };
  const item = {
    id: 'E-zeguo',
    kind: 'photo',
    at: noon,
    by: 'x',
    note: written,
    file: { ...file, ...facts },
  };
  await web.pool.query(
    `insert into fenghuo.case_evidence (id, county, incident, doc) values ('E-zeguo', '331081', 'I-zeguo', $1)`,
    [item],
  );
  await web.pool.query(`insert into fenghuo.case_bytes (sha256, content, small) values ('a', 'x', 'x')`);
}

/** A device of which every case was false. */
async function insertPast(web: TestWeb): Promise<void> {
  const at = Date.now() - 3_600_000;
  for (const i of [1, 2, 3, 4, 5]) {
    const of = { area: grid, incident: `I-past-${i}`, device: 'S-zeguo', closedAt: at };
    await web.writer.write(
      { topic: 'alarm', doc: anAlarm({ ...of, id: `A-past-${i}`, raisedAt: at }) },
      { topic: 'ticket', doc: aTicket({ ...of, id: `T-past-${i}`, stage: 'false-alarm' }) },
    );
  }
  await web.pool.query(
    `insert into fenghuo.alarm_transition
       (county, no, alarm, version, at, run, device, rule, kind, area, building, severity, from_state, to_state, why, actor)
     values ('331081', 1, 'A-past-1', 1, now() - interval '1 hour', null, 'S-zeguo', 'smoke', 'smoke', $1, null, 'high', null,
             'unacknowledged', 'raise', 'engine')`,
    [grid],
  );
  await storeEvents(
    web.pool,
    `select 0, now() - interval '1 hour', 1, 1, now() - interval '1 hour', 'report', 'alarm', 0::smallint, '',
            null::float8, $1::jsonb`,
    [JSON.stringify({ caller: citizensNumber })],
  );
  await web.pool.query(
    `insert into fenghuo.event_hour values ('331081', '2026-03-01', $1, 'smoke', 'alarm', '', 1)`,
    [zeguo],
  );
}

async function insertCountys(web: TestWeb): Promise<void> {
  await web.pool.query(`insert into fenghuo.quarantine (county, received_at, reason, source, topic, bytes, detail)
                        values ('331081', now(), 'schema', 'test', 'a', '', '')`);
  await web.pool.query(`insert into fenghuo.carrier_source (source, county, dialect, area, secret_hash, issued_by)
                        values ('stands', '331081', 'ctwing', '331081', '', 'test')`);
  await web.pool.query(`insert into fenghuo.rulebook (county, version, text, digest, author, reason, at, engine_no)
                        values ('331081', 0, '', '', 'house', '', now(), 0)`);
  await web.pool.query(`insert into fenghuo.audit_personal (county, no, digest, salt, payload)
                        values ('331081', 1, '', '', '{}')`);
  await web.pool.query(`insert into fenghuo.audit values
    ('331081', 1, 1, now(), 'engine', 'engine', '', 'raise-alarm', 'A-zeguo', '331081100203-02', null, '', '{}')`);
}

/** Somebody called about a fire in Zeguo, and left a number. */
async function insertReport(web: TestWeb): Promise<void> {
  await web.pool.query(`
    insert into fenghuo.report (id, county, no, at, channel, what, area, building, alarm, taken_by, seat)
      values ('report-zeguo', '331081', 1, now(), '119', 'fire', '${grid}', 'B1', 'A-zeguo', 'dispatcher', '');
    insert into fenghuo.report_person (report, county, name, phone, words, link)
      values ('report-zeguo', '331081', '王建国', '${citizensNumber}', '${written}', 'a-link')`);
}

/** A wall for each who may come to end it. */
async function insertWalls(web: TestWeb): Promise<void> {
  for (const asker of roles.flatMap((role) => [role, `${role}-in`]))
    await insertTestAccount(web.pool, 'wall', zeguo, `wall-of-${asker}`);
  await web.pool.query(`insert into fenghuo.wall (account, paired_by, paired_at)
                        select name, 'x', now() from fenghuo.account where name like 'wall-of-%'`);
}
