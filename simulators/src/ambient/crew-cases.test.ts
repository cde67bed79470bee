import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import type { World } from '../station/feed.ts';
import { crewCases, forgetSettled } from './crew-cases.ts';
import { anAlarm, anIncident, aTicket } from './records.fixture.ts';
import { type SetOff, SetOffLog } from './set-off-log.ts';

const at = 1_000_000;
const smoke: SetOff = {
  device: 'D1',
  kind: 'smoke',
  story: 'nuisance',
  found: '油烟',
  at,
  endsAt: at + 1,
  ended: true,
  incident: null,
};

test('an alarm of ambient life is a case, with its ticket and what it turns out to be', () => {
  const [crewCase, ...others] = crewCases(worldOf({}), logOf(smoke));
  expect(others).toEqual([]);
  expect(crewCase).toMatchObject({ found: '油烟', incident: { id: 'I1' }, ticket: { id: 'T1' } });
});

test('a smoke event published by hand is nobody’s business but people’s', () => {
  const byHand = worldOf({ alarms: [anAlarm({ raisedAt: at, device: 'D9' })] });
  expect(crewCases(byHand, logOf(smoke))).toEqual([]);
});

test('a device that ambient life set off an hour ago is set off by hand: hands off', () => {
  const later = worldOf({ alarms: [anAlarm({ raisedAt: at + 3_600_000 })] });
  expect(crewCases(later, logOf(smoke))).toEqual([]);
});

test('an alarm by hand joins an incident of ambient life: hands off the whole incident', () => {
  const joined = worldOf({
    alarms: [anAlarm({ raisedAt: at }), anAlarm({ id: 'A2', device: 'D9', raisedAt: at })],
  });
  expect(crewCases(joined, logOf(smoke))).toEqual([]);
});

test('a drill on the same device is left alone', () => {
  const drill = worldOf({ alarms: [anAlarm({ raisedAt: at, run: 'run-1' })] });
  expect(crewCases(drill, logOf(smoke))).toEqual([]);
});

test('alarms reset, ticket open, started again: still a case', () => {
  const log = logOf(smoke);
  crewCases(worldOf({}), log);
  const [crewCase] = crewCases(worldOf({ alarms: [] }), log);
  expect(crewCase).toMatchObject({ alarms: [], ticket: { id: 'T1' } });
});

test('forgotten once nothing is open of it, and not before', () => {
  const log = logOf(smoke);
  crewCases(worldOf({}), log);
  const minuteLater = at + 61_000;
  forgetSettled(worldOf({}), log, minuteLater);
  forgetSettled(worldOf({ alarms: [] }), log, minuteLater);
  expect(log.entries).toHaveLength(1);
  forgetSettled(worldOf({ alarms: [], incidents: [] }), log, at + 10);
  expect(log.entries).toHaveLength(1);
  forgetSettled(worldOf({ alarms: [], incidents: [] }), log, minuteLater);
  expect(log.entries).toEqual([]);
});

interface Open {
  alarms?: AlarmRecord[];
  incidents?: IncidentRecord[];
  tickets?: TicketRecord[];
}

function worldOf({
  alarms = [anAlarm({ raisedAt: at })],
  incidents = [anIncident()],
  tickets = [aTicket()],
}: Open): World {
  const keyed = <T extends { id: string }>(records: T[]) =>
    new Map(records.map((record) => [record.id, record]));
  const county = {
    code: '331081',
    name: { zh: '温岭市', en: 'Wenling' },
    bounds: [121, 28, 122, 29] as [number, number, number, number],
    demo: true,
    timeZone: 'Asia/Shanghai',
    detectors: 1,
    cameras: 0,
    buildings: 1,
    unitCounts: { county: 1, township: 1, station: 1, village: 1, grid: 1, team: 1 },
  };
  return {
    no: 1,
    county,
    alarms: keyed(alarms),
    incidents: keyed(incidents),
    tickets: keyed(tickets),
    drills: new Map(),
    workflows: new Map(),
  };
}

function logOf(entry: SetOff): SetOffLog {
  const log = new SetOffLog({ file: '/dev/null/never', onError: () => {} });
  log.add({ ...entry });
  return log;
}
