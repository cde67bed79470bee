import { describe, expect, test } from 'vitest';
import { hastyBook, SmallEngine } from './small-engine.fixture.ts';

const hasty = hastyBook();

const hour = 3_600_000;

/** An act on the alarm of a device as it now is. */
function actOn(engine: SmallEngine, device: string, act: string, more: object = {}) {
  const { id, version } = engine.alarmOf(device);
  return engine.order({ act, subject: id, expectedVersion: version, ...more } as never);
}
const shelve = (engine: SmallEngine, device: string, minutes = 60, reason = '装修粉尘') =>
  actOn(engine, device, 'shelve-alarm', { minutes, reason });
const outOfService = (engine: SmallEngine, subject: string, of: 'device' | 'building', ms = hour) =>
  engine.order({
    ...{ act: 'remove-from-service', subject, of, until: engine.now + ms, reason: '更换底座' },
  } as never);
const test1 = (engine: SmallEngine, ms = hour) =>
  engine.order({
    ...{ act: 'start-building-test', subject: 'B1', until: engine.now + ms, reason: '年度检测' },
  } as never);
const end = (engine: SmallEngine) => {
  const [{ id, version, kind }] = engine.holds as [(typeof engine.holds)[0]];
  const act = kind === 'building-test' ? 'end-building-test' : 'return-to-service';
  return engine.order({ act, subject: id, expectedVersion: version } as never);
};

describe('shelf', () => {
  test('smoke → shelved for an hour → 59 min → 1 min: unacknowledged again, once', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    expect(shelve(engine, 'S5')).toMatchObject({ ok: true });
    expect(engine.alarmOf('S5')).toMatchObject({
      state: 'shelved',
      shelf: { until: engine.now + hour, by: 'commander', reason: '装修粉尘' },
    });
    engine.wait(hour - 60_000);
    expect(engine.alarmOf('S5').state).toBe('shelved');
    engine.wait(60_000);
    expect(engine.alarmOf('S5')).toMatchObject({ state: 'unacknowledged', shelf: null });
    engine.wait(24 * hour);
    expect(engine.audit.filter((act) => act === 'alarm-unshelve')).toHaveLength(1);
  });

  test('shelved → restart → the hour is up: it comes off all the same', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    shelve(engine, 'S5');
    engine.restart();
    engine.wait(hour);
    expect(engine.alarmOf('S5').state).toBe('unacknowledged');
  });

  test('shelved → taken off by hand: no due item is left', () => {
    const engine = new SmallEngine(hasty);
    engine.say('P1', 'pressure');
    shelve(engine, 'P1');
    expect([...engine.state.due.values()].map(({ kind }) => kind)).toEqual(['unshelve']);
    expect(actOn(engine, 'P1', 'unshelve-alarm')).toMatchObject({ ok: true });
    expect([...engine.state.due.values()]).toEqual([]);
  });

  test('no reason, longer than the rule allows, high, shelved already: refused with why, nothing changed', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    expect(shelve(engine, 'S5', 60, ' ')).toMatchObject({ reason: 'reason-required' });
    expect(shelve(engine, 'S5', 481)).toMatchObject({
      reason: 'not-allowed-now',
      message: { zh: '按规则最长可搁置 120 分钟' },
    });
    engine.say('M1', 'manual');
    expect(shelve(engine, 'M1')).toMatchObject({ reason: 'not-allowed-now' });
    engine.say('P1', 'pressure');
    shelve(engine, 'P1', 480);
    expect(shelve(engine, 'P1', 480)).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.alarmOf('M1').state).toBe('unacknowledged');
  });

  test('shelved → a second detector: it becomes high, comes off the shelf and asks again', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    actOn(engine, 'S5', 'acknowledge-alarm');
    shelve(engine, 'S5');
    engine.say('S6', 'smoke');
    expect(engine.alarmOf('S5')).toMatchObject({ severity: 'high', state: 'unacknowledged', shelf: null });
    expect(engine.alarmOf('S5').reasons.at(-1)?.zh).toBe('5、6 层 2 只烟感 1 秒内相继报警');
    expect(engine.audit).toContain('alarm-realarm');
    expect(shelve(engine, 'S5')).toMatchObject({ ok: false });
  });

  test('shelved → its case is closed: closed with it, and no due item is left', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    shelve(engine, 'S5');
    const { id, version } = engine.tickets[0]!;
    const falseAlarm = { act: 'move-ticket', to: 'false-alarm', reason: '误报' } as const;
    engine.order({ ...falseAlarm, subject: id, expectedVersion: version });
    expect([engine.alarms, engine.incidents, [...engine.state.due.values()]]).toEqual([[], [], []]);
  });
});

describe('acknowledgement', () => {
  test('with a comment, which the record keeps until it asks again', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    actOn(engine, 'S5', 'acknowledge-alarm', { reason: '电话核实：做饭' });
    expect(engine.alarmOf('S5')).toMatchObject({
      acknowledgedBy: 'commander',
      acknowledgedComment: '电话核实：做饭',
    });
    engine.say('S5', 'smoke', { state: 'normal' });
    engine.say('S5', 'smoke');
    expect(engine.alarmOf('S5')).toMatchObject({
      ...{ state: 'unacknowledged', acknowledgedBy: null, acknowledgedComment: null },
    });
  });
});

describe('out of service', () => {
  test('device out → smoke: kept, no incident, no ticket, nobody told → time is up: an incident, unacknowledged', () => {
    const engine = new SmallEngine(hasty);
    expect(outOfService(engine, 'S5', 'device')).toMatchObject({ ok: true });
    engine.say('S5', 'smoke');
    expect(engine.alarmOf('S5')).toMatchObject({ state: 'out-of-service', incident: null, test: false });
    expect([engine.incidents, engine.tickets, engine.messages]).toEqual([[], [], []]);
    engine.restart();
    engine.wait(hour);
    expect(engine.alarmOf('S5')).toMatchObject({ state: 'unacknowledged', severity: 'medium' });
    expect(engine.incidents).toMatchObject([{ alarms: [engine.alarmOf('S5').id] }]);
    expect(engine.tickets).toMatchObject([{ step: 'received' }]);
    expect(engine.messages).toEqual(['opened']);
    expect(engine.holds).toEqual([]);
  });

  test('smoke, acknowledged → building out → back by hand: unacknowledged again, in its incident', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    actOn(engine, 'S5', 'acknowledge-alarm');
    outOfService(engine, 'B1', 'building');
    expect(engine.alarmOf('S5').state).toBe('out-of-service');
    expect(end(engine)).toMatchObject({ ok: true, version: 2 });
    expect(engine.alarmOf('S5').state).toBe('unacknowledged');
    expect(engine.incidents).toHaveLength(1);
  });

  test('out → pressure low and normal again → back: over, without a word, on the record', () => {
    const engine = new SmallEngine(hasty);
    outOfService(engine, 'P1', 'device');
    engine.say('P1', 'pressure');
    engine.say('P1', 'pressure', { state: 'normal' });
    expect(engine.alarmOf('P1').state).toBe('out-of-service');
    engine.wait(hour);
    expect([engine.alarms, engine.incidents]).toEqual([[], []]);
    expect(engine.audit).toContain('alarm-return-to-service');
  });

  test('device and its building out → the building back: the device stays out', () => {
    const engine = new SmallEngine(hasty);
    outOfService(engine, 'B1', 'building', hour);
    outOfService(engine, 'S5', 'device', 2 * hour);
    engine.say('S5', 'smoke');
    engine.say('S6', 'smoke');
    engine.wait(hour);
    expect([engine.alarmOf('S5').state, engine.alarmOf('S6').state]).toEqual([
      'out-of-service',
      'unacknowledged',
    ]);
    engine.wait(hour);
    expect(engine.alarmOf('S5')).toMatchObject({ state: 'unacknowledged', severity: 'high' });
  });

  test('what is out of service bears nobody out', () => {
    const engine = new SmallEngine(hasty);
    outOfService(engine, 'S5', 'device');
    engine.say('S5', 'smoke');
    engine.say('S6', 'smoke');
    expect(engine.incidents).toMatchObject([{ severity: 'medium', floors: [6] }]);
  });

  test('no reason, an end in the past or in a year, an unknown device, twice, out of the area: refused', () => {
    const engine = new SmallEngine(hasty);
    const out = { act: 'remove-from-service', of: 'device', reason: '检修' };
    const ask = (more: object, area = '331081') =>
      engine.order({ ...out, subject: 'S5', until: engine.now + hour, ...more } as never, {
        ...{ account: 'li', name: '', role: 'dispatcher', area },
      });
    expect(ask({ reason: '' })).toMatchObject({ reason: 'reason-required' });
    expect(ask({ until: engine.now })).toMatchObject({ reason: 'not-allowed-now' });
    expect(ask({ until: engine.now + 365 * 24 * hour })).toMatchObject({ reason: 'not-allowed-now' });
    expect(ask({ subject: 'nobody' })).toMatchObject({ reason: 'unknown-subject' });
    expect(ask({}, '331081001')).toMatchObject({ reason: 'not-authorised' });
    expect(ask({}, '331081100203-0')).toMatchObject({ reason: 'not-authorised' });
    expect(ask({})).toMatchObject({ ok: true });
    expect(ask({})).toMatchObject({ reason: 'not-allowed-now', message: { zh: '已经停用' } });
    expect(engine.holds).toHaveLength(1);
  });

  test('two people end one hold: the first does, the second is told that it is over', () => {
    const engine = new SmallEngine(hasty);
    outOfService(engine, 'S5', 'device');
    const { id, version } = engine.holds[0]!;
    const back = { act: 'return-to-service', subject: id, expectedVersion: version } as const;
    expect(engine.order({ ...back, expectedVersion: 7 })).toMatchObject({ reason: 'version-conflict' });
    expect(engine.order(back)).toMatchObject({ ok: true });
    expect(engine.order(back)).toMatchObject({ reason: 'unknown-subject' });
    expect([...engine.state.due.values()]).toEqual([]);
  });
});

describe('building test', () => {
  test('test → two detectors: suppressed, marked as test, no incident; a call point and a person still alarm', () => {
    const engine = new SmallEngine(hasty);
    expect(test1(engine)).toMatchObject({ ok: true });
    engine.say('S5', 'smoke');
    engine.say('S6', 'smoke');
    expect(engine.alarms).toMatchObject([
      { state: 'suppressed-by-design', test: true },
      { state: 'suppressed-by-design', test: true },
    ]);
    expect([engine.incidents, engine.messages]).toEqual([[], []]);
    engine.say('M1', 'manual');
    expect(engine.incidents).toMatchObject([{ severity: 'high', floors: [1] }]);
    engine.say('S7', 'report');
    expect(engine.alarmOf('S7')).toMatchObject({ state: 'unacknowledged', test: false });
  });

  test('another building goes on as ever', () => {
    const engine = new SmallEngine(hasty);
    test1(engine);
    engine.say('W1', 'smoke');
    expect(engine.incidents).toHaveLength(1);
  });

  test('smoke before the test: it was no test, and stays what it is', () => {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    test1(engine);
    expect(engine.alarmOf('S5').state).toBe('unacknowledged');
    engine.say('S5', 'smoke', { state: 'normal' });
    engine.say('S5', 'smoke');
    expect(engine.alarmOf('S5').state).toBe('unacknowledged');
  });

  test('test → smoke, normal, reset → ends: over; smoke that still stands: an incident', () => {
    const engine = new SmallEngine(hasty);
    test1(engine);
    engine.say('S5', 'smoke');
    engine.say('S5', 'smoke', { state: 'normal' });
    expect(actOn(engine, 'S5', 'reset-alarm')).toMatchObject({ ok: true });
    engine.say('S6', 'smoke');
    expect(end(engine)).toMatchObject({ ok: true });
    expect(engine.alarms).toMatchObject([{ device: 'S6', state: 'unacknowledged' }]);
    expect(engine.incidents).toMatchObject([{ floors: [6] }]);
  });

  test('test → smoke and normal again, not reset → time is up: the latch still stands, it is told', () => {
    const engine = new SmallEngine(hasty);
    test1(engine);
    engine.say('S5', 'smoke');
    engine.say('S5', 'smoke', { state: 'normal' });
    engine.wait(hour);
    expect(engine.alarmOf('S5')).toMatchObject({ state: 'unacknowledged', latched: true, condition: false });
    expect(engine.tickets).toHaveLength(1);
  });

  test('a drill in a building under test is a world of its own', () => {
    const engine = new SmallEngine(hasty);
    test1(engine);
    engine.order({ act: 'start-drill', subject: 'R1', title: '演练' } as never);
    engine.say('S5', 'smoke', { run: 'R1' });
    expect(engine.incidents).toMatchObject([{ run: 'R1' }]);
  });
});
