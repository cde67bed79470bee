import type { ReportChannel, ReportedThing, ReportPlace } from '@fenghuo/contracts/intake.ts';
import { reportIdOf } from '@fenghuo/contracts/intake.ts';
import { expect, test } from 'vitest';
import { commander, SmallEngine } from './small-engine.fixture.ts';

const tower: ReportPlace = { by: 'building', building: 'B1', floor: 3 };

interface Told {
  channel?: ReportChannel;
  what?: ReportedThing;
  place?: ReportPlace;
  run?: string | null;
  joins?: string | null;
}

/** Somebody reports; gives the id of the report. */
function report(engine: SmallEngine, told: Told = {}, actor = commander): string {
  const id = crypto.randomUUID();
  const subject = reportIdOf(id);
  const answer = engine.order(
    {
      ...{ act: 'take-report', id, subject, channel: '12345', what: 'smoke', place: tower },
      ...{ run: null, joins: null, ...told },
    },
    actor,
  );
  if (!answer.ok) throw new Error(answer.reason);
  return subject;
}

test('a call → a smoke detector of the building → one incident, high, each borne out by the other', () => {
  const engine = new SmallEngine();
  const caller = report(engine);
  expect(engine.alarmOf(caller)).toMatchObject({
    severity: 'medium',
    confirmed: false,
    building: 'B1',
    floor: 3,
  });
  engine.say('S4', 'smoke');
  expect(engine.incidents).toMatchObject([{ severity: 'high', building: 'B1' }]);
  expect(engine.alarmOf('S4')).toMatchObject({ severity: 'high', confirmed: true });
});

test('a smoke detector → a call: the call is confirmed and high', () => {
  const engine = new SmallEngine();
  engine.say('S4', 'smoke');
  expect(engine.alarmOf(report(engine))).toMatchObject({ severity: 'high', confirmed: true });
  expect(engine.incidents).toHaveLength(1);
});

test('two callers of one building: two witnesses, two alarms, one incident, high', () => {
  const engine = new SmallEngine();
  const [first, second] = [report(engine), report(engine)];
  expect(engine.alarmOf(first).incident).toBe(engine.alarmOf(second).incident);
  expect(engine.incidents).toMatchObject([{ severity: 'high', alarms: { length: 2 } }]);
});

test('residents by the public page bear out nothing among themselves; a detector bears them out', () => {
  const engine = new SmallEngine();
  for (let i = 0; i < 5; i += 1) report(engine, { channel: 'resident', what: 'fire' });
  expect(engine.incidents).toMatchObject([{ severity: 'medium' }]);
  expect(engine.alarms.every(({ confirmed }) => !confirmed)).toBe(true);
  expect(engine.tickets).toEqual([]);
  engine.say('S4', 'smoke');
  expect(engine.incidents).toMatchObject([{ severity: 'high' }]);
});

test.each([
  ['119', 'fire', 'high', 'fire'],
  ['119', 'smoke', 'medium', 'fire'],
  ['110', 'fire', 'medium', 'fire'],
  ['grid-worker', 'fire', 'high', 'fire'],
  ['12345', 'trapped', 'high', 'fire'],
  ['resident', 'trapped', 'medium', 'fire'],
  ['12345', 'gas', 'medium', 'fire'],
  ['12345', 'flood', 'medium', 'supply'],
  ['110', 'security', 'medium', 'security'],
  ['12345', 'other', 'low', 'security'],
] as const)('by %s, %s: %s, of %s', (channel, what, severity, hazard) => {
  const engine = new SmallEngine();
  report(engine, { channel, what });
  const { alarm } = engine.last!.reports[0]!;
  expect(engine.alarms).toMatchObject([{ id: alarm, severity }]);
  expect(engine.incidents).toMatchObject([{ hazard }]);
});

test('a quarrel in a building bears out no fire', () => {
  const engine = new SmallEngine();
  report(engine, { channel: '110', what: 'security' });
  engine.say('S4', 'smoke');
  expect(engine.alarmOf('S4')).toMatchObject({ severity: 'medium', confirmed: false });
});

test('joined by hand, it goes where the rules would not put it; an incident that is closed is no bar', () => {
  const engine = new SmallEngine();
  engine.say('W1', 'smoke');
  const [warehouse] = engine.incidents;
  const joined = report(engine, { joins: warehouse!.id });
  expect(engine.alarmOf(joined)).toMatchObject({ incident: warehouse!.id, building: 'B1' });
  const alone = report(engine, { what: 'flood', joins: 'I-long-closed' });
  expect(engine.alarmOf(alone).incident).not.toBe(warehouse!.id);
});

test('a point at a building is the building; one in the fields is the village of the nearest', () => {
  const engine = new SmallEngine();
  const at = (lon: number) => engine.alarmOf(report(engine, { place: { by: 'point', lon, lat: 28.48 } }));
  expect(at(121.3601)).toMatchObject({ building: 'B1', area: '331081100203-02', lon: 121.3601 });
  expect(at(121.365)).toMatchObject({ building: null, area: '331081100203' });
  expect(at(122)).toMatchObject({ building: null, area: '331081' });
});

test('a report from no building is told by its village, and by nobody’s id', () => {
  const engine = new SmallEngine();
  report(engine, { place: { by: 'point', lon: 121.365, lat: 28.48 } });
  expect(engine.incidents[0]?.place).toEqual({ zh: '泽国镇', en: 'Zeguo' });
});

test('what is no place, lies in another’s area, or belongs to a drill that does not run is refused and leaves nothing', () => {
  const engine = new SmallEngine();
  const songmen = { ...commander, area: '331081101' };
  expect(() => report(engine, { place: { by: 'building', building: 'B9', floor: null } })).toThrow(
    'unknown-subject',
  );
  expect(() => report(engine, { place: { by: 'camera', camera: 'S1' } })).toThrow('unknown-subject');
  expect(() => report(engine, {}, songmen)).toThrow('not-authorised');
  expect(() => report(engine, { run: 'R1' })).toThrow('not-allowed-now');
  expect([engine.alarms, engine.last!.reports]).toEqual([[], []]);
});

test('in a drill it raises what is the drill’s', () => {
  const engine = new SmallEngine();
  engine.order({ act: 'start-drill', subject: 'R1', title: '夜间' });
  report(engine, { run: 'R1' });
  expect(engine.incidents).toMatchObject([{ run: 'R1' }]);
});

test('a report → a restart → a detector: it is remembered as it was', () => {
  const engine = new SmallEngine();
  report(engine);
  engine.restart();
  engine.say('S4', 'smoke');
  expect(engine.alarmOf('S4')).toMatchObject({ severity: 'high', confirmed: true });
});
