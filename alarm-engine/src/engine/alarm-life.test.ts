import type { Command } from '@fenghuo/contracts/commands.ts';
import type { AlarmRecord, HoldRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import { alarmStates, severities } from '@fenghuo/contracts/words.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateAt } from '../alarms/flood-control.ts';
import { everyKind } from '../rules/kind-bits.ts';
import { keptMs, type Signal } from '../rules/recent-signals.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import type { EngineState } from './engine-state.ts';
import { checkChain, checkDue } from './open-world.fixture.ts';
import { SmallEngine } from './small-engine.fixture.ts';

const hour = 3_600_000;
const devices = ['S1', 'S2', 'S3', 'W1', 'C1', 'M1', 'P1'] as const;
const kinds = { S: 'smoke', W: 'smoke', C: 'camera.fire', M: 'manual', P: 'pressure' } as const;

const shipped = shippedRulebook().text;
const words = 'title: { zh: 试, en: trial }, why: 试';
/** Begins on the first day at 10:00 UTC, two hours after the beginning. */
const planned = `maintenance:
  - { id: test, ${words}, purpose: building-test, buildings: [B1], from: '2027-01-15T10:00:00Z', to: '2027-01-15T12:00:00Z' }
  - { id: pump, ${words}, purpose: maintenance, devices: [P1, W1], weekly: { days: [mon, tue, wed, thu, fri, sat, sun], from: '17:00', to: '18:30' } }`;
/** The shipped one, with planned times, with a rule renamed, and with one that neither waits nor is inhibited. */
const books = [
  shipped,
  shipped.replace('maintenance: []', planned),
  shipped.replace('id: pressure-reading', 'id: main-reading'),
  shipped.replace('for: 2 min', 'for: 0 s').replace('inhibited_by: [{ rule: pressure, of: device }]', ''),
];

const device = fc.constantFrom(...devices);
const pick = fc.nat(9);
const oneOf = <A extends string>(...acts: A[]) => fc.constantFrom(...acts);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: oneOf('raise', 'raise', 'normal', 'restore', 'device-out'), device }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: oneOf('acknowledge-alarm', 'reset-alarm', 'shelve-alarm', 'unshelve-alarm', 'normal-of'),
      alarm: pick,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: oneOf('merge', 'split', 'false-alarm', 'end-hold', 'acknowledge-incident', 'move', 'open-ticket'),
      pick,
      other: pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: oneOf('reads'), value: fc.constantFrom(0.05, 0.06, 0.075, 0.09) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: oneOf('assign', 'call', 'duty'),
      ticket: pick,
      who: fc.constantFrom(0, 1, 2),
      on: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: oneOf('revise'), book: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: oneOf('building-out', 'test', 'restart', 'drill', 'end-drill', 'report') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: oneOf('wait'), ms: fc.constantFrom(1, 59_000, 121_000, 1_800_000, 2 * hour) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** One step; what cannot be done now is asked for all the same, and refused. */
function take(engine: SmallEngine, one: Step): Partial<Command> | null {
  const order = (body: Partial<Command> & { act: string; subject: string }) => {
    const answer = engine.order({ reason: '因', ...body });
    return answer.ok ? (body as Partial<Command>) : null;
  };
  const about = <T extends { id: string; version: number }>(record: T | undefined, act: string, more = {}) =>
    record && order({ act, subject: record.id, expectedVersion: record.version, ...more } as never);
  const at = <T>(list: readonly T[], i: number) => list[i % Math.max(1, list.length)];
  if ('value' in one) engine.say('P1', 'pressure', { state: 'normal', value: one.value, unit: 'MPa' });
  else if ('book' in one)
    return order({
      act: 'put-rulebook',
      subject: 'rulebook',
      text: books[one.book]!,
      basedOn: null,
    } as never);
  else if ('who' in one) {
    const ticket = at(engine.tickets, one.ticket);
    const duty = { post: one.on ? 'mobile' : null, until: one.on ? engine.now + hour : null };
    if (one.do === 'duty') return order({ act: 'set-duty', subject: `P${one.who}`, ...duty } as never);
    if (one.do === 'assign') return about(ticket, 'assign-ticket') ?? null;
    return about(ticket, 'add-party', { unit: `U${one.who}`, role: 'support' }) ?? null;
  } else if ('device' in one) {
    const kind = kinds[one.device[0] as keyof typeof kinds];
    if (one.do === 'raise') engine.say(one.device, kind);
    else if (one.do === 'normal') engine.say(one.device, kind, { state: 'normal' });
    else if (one.do === 'restore') engine.say(one.device, 'restore', { state: 'normal' });
    else
      return order({
        act: 'remove-from-service',
        subject: one.device,
        of: 'device',
        until: engine.now + hour,
      });
  } else if ('alarm' in one) {
    const alarm = at(engine.alarms, one.alarm);
    if (one.do !== 'normal-of') return about(alarm, one.do, { minutes: 30 }) ?? null;
    if (alarm !== undefined) engine.say(alarm.device, alarm.kind, { state: 'normal', run: alarm.run });
  } else if ('pick' in one) {
    const incident = at(engine.incidents, one.pick);
    const into = at(engine.incidents, one.other);
    const ticket = at(engine.tickets, one.pick);
    const hold = at(engine.holds, one.pick);
    if (one.do === 'merge')
      return about(incident, 'merge-incidents', { into: into?.id, intoVersion: into?.version }) ?? null;
    if (one.do === 'split') {
      const alarms = incident?.alarms.filter((_, i) => i % 2 === one.other % 2) ?? [];
      return about(incident, 'split-incident', { alarms }) ?? null;
    }
    if (one.do === 'false-alarm') return about(ticket, 'move-ticket', { to: 'false-alarm' }) ?? null;
    if (one.do === 'move') return about(ticket, 'move-ticket', { to: 'dispatched' }) ?? null;
    if (one.do === 'acknowledge-incident' || one.do === 'open-ticket') return about(incident, one.do) ?? null;
    const end = hold?.kind === 'building-test' ? 'end-building-test' : 'return-to-service';
    return about(hold, end) ?? null;
  } else if ('ms' in one) engine.wait(one.ms);
  else if (one.do === 'restart') engine.restart();
  else if (one.do === 'report') engine.say('S4', 'report');
  else if (one.do === 'drill') {
    order({ act: 'start-drill', subject: 'R1', title: '演练' });
    engine.say('S1', 'smoke', { run: 'R1' });
  } else if (one.do === 'end-drill') return order({ act: 'end-drill', subject: 'R1' });
  else {
    const until = engine.now + hour;
    if (one.do === 'test') return order({ act: 'start-building-test', subject: 'B1', until });
    return order({ act: 'remove-from-service', subject: 'B1', of: 'building', until });
  }
  return null;
}

/** The state of an alarm, said a second time. */
function namedState(alarm: AlarmRecord): string {
  if (alarm.outOfService) return 'out-of-service';
  if (alarm.suppressed) return 'suppressed-by-design';
  if (alarm.shelved) return 'shelved';
  const over = !alarm.condition && !alarm.latched;
  if (alarm.acknowledged) return over ? 'normal' : 'acknowledged';
  return over ? 'returned-unacknowledged' : 'unacknowledged';
}

const covers = (hold: HoldRecord, alarm: AlarmRecord) =>
  alarm.run === null &&
  (hold.device === alarm.device || (hold.building !== null && hold.building === alarm.building));

function checkStates(engine: SmallEngine): void {
  for (const alarm of engine.last?.alarms.values() ?? []) {
    expect(alarmStates).toContain(alarm.state);
    expect(alarm.state).toBe(namedState(alarm));
    expect(alarm.closedAt === null).toBe(alarm.state !== 'normal');
  }
  const open = engine.alarms.map(({ device: of, rule, run }) => `${run}|${of}|${rule}`);
  expect(new Set(open).size).toBe(open.length);
}

/** What is put aside is so for a reason that stands and that ends; nothing else is put aside. */
function checkAside(engine: SmallEngine): void {
  const due = new Map([...engine.state.due.values()].map((item) => [item.id, item.at]));
  for (const alarm of engine.alarms) {
    const holds = engine.holds.filter((hold) => covers(hold, alarm));
    const out = holds.some(({ kind }) => kind === 'out-of-service') && alarm.kind !== 'report';
    const planned = due.get(`planned-end:${alarm.id}`);
    if (out) expect(alarm.outOfService).toBe(true);
    if (planned === undefined) expect(alarm.outOfService).toBe(out);
    else expect([planned > engine.now, alarm.outOfService || alarm.suppressed]).toEqual([true, true]);
    if (alarm.suppressed && planned === undefined && !isInhibited(engine, alarm))
      expect(holds.map(({ kind }) => kind)).toContain('building-test');
    expect(alarm.shelf !== null).toBe(alarm.shelved);
    expect(due.get(`unshelve:${alarm.id}`)).toBe(alarm.shelf?.until);
    if (alarm.shelf !== null) expect(alarm.shelf.until).toBeGreaterThan(engine.now);
    if (alarm.shelved) expect(alarm.severity).not.toBe('high');
  }
  for (const hold of engine.holds) expect(hold.until).toBeGreaterThan(engine.now);
}

/** A reading is no alarm beside the switch of the same device. */
function isInhibited(engine: SmallEngine, alarm: AlarmRecord): boolean {
  return engine.alarms.some(
    (other) =>
      isReading(alarm) &&
      other.device === alarm.device &&
      other.run === alarm.run &&
      other.rule === 'pressure' &&
      other.condition &&
      !other.outOfService &&
      !other.suppressed &&
      !other.shelved,
  );
}
const isReading = ({ rule }: AlarmRecord) => rule.endsWith('-reading');

/** Whoever is not put aside stands in an open incident that is as grave, and in its ticket where that calls for one. */
function checkSeen(engine: SmallEngine): void {
  for (const alarm of engine.alarms) {
    const incident = engine.state.incidents.get(alarm.incident ?? '');
    if (alarm.outOfService || alarm.suppressed || (alarm.shelved && alarm.incident === null)) continue;
    expect(incident?.alarms).toContain(alarm.id);
    expect(severities.indexOf(incident!.severity)).toBeLessThanOrEqual(severities.indexOf(alarm.severity));
    if (incident!.severity !== 'low') checkTicket(engine, incident!);
  }
  const held = engine.incidents.flatMap(({ alarms }) => alarms);
  expect(new Set(held).size).toBe(held.length);
}

/** A ticket as grave as the incident; a medium one may wait for it, but while it asks for somebody that wait ends. */
function checkTicket(engine: SmallEngine, incident: IncidentRecord): void {
  const ticket = engine.state.tickets.get(incident.ticket ?? '');
  if (ticket !== undefined || incident.severity === 'high') {
    expect(ticket).toMatchObject({ severity: incident.severity });
    return;
  }
  const asks = engine.alarms.some(
    ({ incident: of, state }) =>
      of === incident.id && (state === 'unacknowledged' || state === 'returned-unacknowledged'),
  );
  const waits = ['group-wait', 'unacknowledged'].some(
    (what) => engine.state.due.get(`${what}:${incident.id}`) !== undefined,
  );
  if (asks) expect(waits, `${incident.id} is forgotten`).toBe(true);
}

type Before = ReadonlyMap<string, AlarmRecord>;

/** An alarm that asks, above all a high one, stops asking by a person's act on it, on its incident or on its case. */
function checkKept(engine: SmallEngine, before: Before, did: Partial<Command> | null): void {
  for (const was of before.values()) {
    const { id, incident, latched, acknowledged } = was;
    const alarm = engine.state.alarms.get(id);
    if (acknowledged || alarm?.acknowledged === false) continue;
    const byPerson =
      (did?.act === 'acknowledge-alarm' && did.subject === id) ||
      (did?.act === 'acknowledge-incident' && did.subject === incident);
    const ended = alarm === undefined && (did?.act === 'move-ticket' || did?.act === 'end-drill');
    const mayReturn = !was.condition || isReading(was);
    const untold = alarm === undefined && incident === null && mayReturn && !latched;
    expect(byPerson || ended || untold, `${id} was lost`).toBe(true);
  }
}

/** What burns again, becomes graver or comes out of a hold while it stands asks for somebody. */
function checkAsks(engine: SmallEngine, before: Before): void {
  for (const alarm of engine.alarms) {
    const was = before.get(alarm.id);
    if (was === undefined) {
      expect(alarm.acknowledged).toBe(false);
      continue;
    }
    const graver = severities.indexOf(alarm.severity) < severities.indexOf(was.severity);
    const stands = alarm.condition || alarm.latched;
    const held = (one: AlarmRecord) => one.outOfService || one.suppressed;
    const back = held(was) && !held(alarm) && !alarm.shelved && stands;
    if ((!was.condition && alarm.condition) || graver || back) expect(alarm.acknowledged).toBe(false);
    if (was.latched && !alarm.latched) expect(was.condition).toBe(false);
  }
}

/** What a device says is so, whatever became of its alarm meanwhile. */
function checkSaid(engine: SmallEngine, one: Step): void {
  if (!('device' in one) || one.do === 'device-out') return;
  const conditions = engine.alarms
    .filter((alarm) => alarm.device === one.device && alarm.run === null && !isReading(alarm))
    .map(({ condition }) => condition);
  if (one.do === 'raise') expect(conditions).toEqual([true]);
  else expect(conditions).not.toContain(true);
}

/** What windows find of each device, live. */
function signals(state: EngineState, now: number): Signal[] {
  const found: Signal[] = [];
  const asked = { kinds: everyKind, since: now - keptMs };
  for (let deviceNo = 0; deviceNo < 20; deviceNo += 1)
    state.signals.look(null, { of: 'device', deviceNo }, asked, (signal) => found.push(signal));
  return found;
}

/** What rooms hear that still counts, live. */
function hearings(state: EngineState, now: number) {
  const { withinMs } = state.rulebook.flood;
  const rates = [...state.hearings.entries()].map(([key, hearing]) => [key, rateAt(hearing, now, withinMs)]);
  return rates
    .filter(([key, rate]) => rate !== 0 && `${key}`.startsWith('|'))
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

function contents(state: EngineState, now: number) {
  const of = (map: { entries(): Iterable<[string, unknown]> }) =>
    Object.fromEntries([...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
  const sorted = (map: { entries(): Iterable<[string, readonly string[]]> }) =>
    Object.fromEntries([...map.entries()].map(([key, ids]) => [key, [...ids].sort()]));
  return {
    ...{ alarms: of(state.alarms), incidents: of(state.incidents), tickets: of(state.tickets) },
    ...{ holds: of(state.holds), holdOn: of(state.holdOn), drills: of(state.drills) },
    ...{ byDevice: sorted(state.alarmsByDevice), byCell: sorted(state.incidentsByCell) },
    ...{
      byPlace: of(state.incidentsByPlace),
      standing: sorted(state.standing),
      due: of(state.due),
      duty: of(state.duty),
    },
    ...{ floods: of(state.floods), hearings: hearings(state, now), upkeep: of(state.upkeep) },
    upkeepKeys: of(state.upkeepKeys),
    ...{ broadcasts: of(state.broadcasts), unread: of(state.unreadBroadcasts) },
    signals: signals(state, now),
  };
}

test('no sequence of events, acts, time and restarts reaches an undefined state, loses an unacknowledged high alarm, makes two open alarms of a device and rule, or leaves a due item behind', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), (steps) => {
      const engine = new SmallEngine();
      for (const one of steps) {
        engine.wait(1);
        const before = new Map(engine.alarms.map((alarm) => [alarm.id, alarm]));
        const did = take(engine, one);
        checkSaid(engine, one);
        checkStates(engine);
        checkKept(engine, before, did);
        checkAsks(engine, before);
        checkAside(engine);
        checkSeen(engine);
        checkDue(engine);
        checkChain(engine);
      }
      expect(contents(engine.rebuilt(), engine.now)).toEqual(contents(engine.state, engine.now));
      engine.wait(24 * hour);
      for (const alarm of engine.alarms) {
        const isAside = alarm.suppressed || alarm.outOfService;
        const ends =
          engine.state.due.get(`planned-end:${alarm.id}`) !== undefined || isInhibited(engine, alarm);
        expect([alarm.shelved, isAside && !ends]).toEqual([false, false]);
      }
      expect(engine.holds).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

/** All that an input caused, as text. */
const caused = ({ last }: SmallEngine) =>
  last === null ? '' : JSON.stringify({ ...last, ...mapValues(last), answers: [], rulebooks: [] }, null, 1);
const mapValues = (effects: object) =>
  Object.fromEntries(Object.entries(effects).map(([key, of]) => [key, of instanceof Map ? [...of] : of]));

test('a restart after every step changes nothing of what is decided', () => {
  const live = step.filter((one) => one.do !== 'drill');
  fc.assert(
    fc.property(fc.array(live, { maxLength: 40, size: 'max' }), (steps) => {
      const [steady, restarted] = [new SmallEngine(), new SmallEngine()];
      for (const one of steps) {
        for (const engine of [steady, restarted]) {
          engine.wait(1);
          if (one.do !== 'restart') take(engine, one);
        }
        expect(caused(restarted)).toBe(caused(steady));
        restarted.restart();
      }
    }),
    { numRuns: 50 },
  );
});
