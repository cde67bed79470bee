import { describe, expect, test } from 'vitest';
import { ChainEngine, escalated, fire, kinds } from './chain-engine.fixture.ts';

const minutes = 60_000;

describe('late', () => {
  test('dispatched → not accepted in a minute: holder and room; a minute on the county; then nobody any more', () => {
    const engine = fire();
    engine.move('dispatched');
    engine.wait(59_999);
    expect(engine.ticket.escalations).toEqual([]);
    expect(engine.tellsIn(1)).toEqual([
      ['deadline-missed', 'U2', 'P2'],
      ['escalated', 'U1', 'P1'],
    ]);
    expect(engine.audit.slice(-2)).toEqual(['miss-deadline', 'escalate-ticket']);
    engine.wait(59_999);
    expect(escalated(engine)).toEqual(['U1']);
    engine.wait(1);
    expect(engine.told).toEqual([['escalated', 'U0', 'P0']]);
    expect(engine.last!.messages[0]?.note).toEqual({ zh: '队逾期 60 秒', en: '队 is 60 s late' });
    expect(escalated(engine)).toEqual(['U1', 'U0']);
    expect(engine.tellsIn(24 * 60 * minutes)).toEqual([]);
  });

  test('late → accepted in time for the next level: it hears nothing, and the next deadline begins anew', () => {
    const engine = fire();
    engine.move('dispatched');
    engine.wait(minutes);
    engine.move('accepted');
    expect(engine.tellsIn(2 * minutes - 1)).toEqual([]);
    expect(kinds(engine.tellsIn(1))).toEqual(['deadline-missed', 'escalated']);
    expect(escalated(engine)).toEqual(['U1']);
  });

  test('medium: late, met, late again before the level after would have heard of the first: it begins below anew', () => {
    const engine = new ChainEngine();
    engine.say('S5', 'smoke');
    const { id, version } = engine.incidents[0]!;
    engine.order({ act: 'open-ticket', subject: id, expectedVersion: version });
    engine.move('dispatched');
    expect(kinds(engine.tellsIn(10 * minutes))).toEqual(['deadline-missed', 'escalated']);
    engine.move('accepted');
    expect(kinds(engine.tellsIn(20 * minutes))).toEqual(['deadline-missed', 'escalated']);
    expect(escalated(engine)).toEqual(['U1']);
    expect(kinds(engine.tellsIn(10 * minutes - 1))).toEqual([]);
    expect(engine.tellsIn(1)).toEqual([['escalated', 'U0', 'P0']]);
  });

  test('medium and late → high: its own minute, and a level each minute from then on', () => {
    const engine = new ChainEngine();
    engine.say('S5', 'smoke');
    const { id, version } = engine.incidents[0]!;
    engine.order({ act: 'open-ticket', subject: id, expectedVersion: version });
    engine.move('dispatched');
    engine.wait(10 * minutes);
    engine.say('S6', 'smoke');
    expect(engine.ticket).toMatchObject({ severity: 'high', overdue: false });
    expect(kinds(engine.tellsIn(minutes))).toEqual(['deadline-missed', 'escalated']);
    expect(engine.tellsIn(minutes)).toEqual([['escalated', 'U0', 'P0']]);
  });

  test('a restart at every step, and a clock that leaps: each level once, all of them at once', () => {
    const [kept, restarted] = [fire(), fire()];
    for (const engine of [kept, restarted]) engine.move('dispatched');
    for (const ms of [59_999, 1, 59_999, 1, 3_600_000]) {
      restarted.restart();
      expect(restarted.tellsIn(ms)).toEqual(kept.tellsIn(ms));
    }
    expect(restarted.ticket).toEqual(kept.ticket);
    const leapt = fire();
    leapt.move('dispatched');
    leapt.restart();
    expect(kinds(leapt.tellsIn(3_600_000))).toEqual(['deadline-missed', 'escalated', 'escalated']);
    leapt.restart();
    expect(leapt.tellsIn(3_600_000)).toEqual([]);
  });

  test('nobody in the room is on duty: passed over for the county, and the county is not told again', () => {
    const engine = fire();
    engine.setDuty('P1', null);
    engine.move('dispatched');
    expect(engine.tellsIn(minutes)).toEqual([
      ['deadline-missed', 'U2', 'P2'],
      ['escalated', 'U0', 'P0'],
    ]);
    expect(engine.tellsIn(60 * minutes)).toEqual([]);
  });

  test('nobody of the holder is on duty: only the levels above hear it, each once', () => {
    const engine = fire();
    engine.move('dispatched');
    engine.setDuty('P2', null);
    expect(kinds(engine.tellsIn(minutes))).toEqual(['escalated']);
    expect(kinds(engine.tellsIn(minutes))).toEqual(['escalated']);
    expect(escalated(engine)).toEqual(['U1', 'U0']);
  });

  test('transferred while late: the deadline goes on, and the level that has heard it hears it no more', () => {
    const engine = fire();
    engine.move('dispatched');
    engine.wait(minutes);
    const { due } = engine.ticket;
    engine.act({ act: 'transfer-ticket', unit: 'U3', reason: '车辆故障' });
    expect(engine.ticket).toMatchObject({ holder: 'U3', overdue: true, due });
    expect(kinds(engine.tellsIn(minutes))).toEqual(['escalated']);
    expect(escalated(engine)).toEqual(['U1', 'U0']);
  });

  test('of a drill: the ticket shows whom it would go to, and nobody is told', () => {
    const engine = new ChainEngine();
    engine.order({ act: 'start-drill', subject: 'R1', title: 'x' });
    engine.say('M1', 'manual', { run: 'R1' });
    engine.wait(2 * minutes);
    expect(escalated(engine)).toEqual(['U0']);
    expect(engine.messages).toEqual([]);
    engine.order({ act: 'end-drill', subject: 'R1' });
    expect([...engine.state.due.keys()]).toEqual([]);
  });
});

describe('nobody looks', () => {
  test('accepted in time, unacknowledged for a minute: the level above hears it; acknowledged: no further one', () => {
    const engine = fire({ acknowledged: false });
    engine.move('dispatched', 'accepted');
    expect(kinds(engine.tellsIn(minutes))).toEqual(['unacknowledged', 'escalated']);
    expect(engine.last!.messages[1]).toMatchObject({ unit: 'U1', note: { zh: '警情无人确认' } });
    const { id, version } = engine.incidents[0]!;
    engine.order({ act: 'acknowledge-incident', subject: id, expectedVersion: version });
    expect(engine.tellsIn(minutes)).toEqual([]);
    expect(engine.ticket.overdue).toBe(false);
  });

  test('unacknowledged and not accepted: one lateness, each level once', () => {
    const engine = fire({ acknowledged: false });
    engine.move('dispatched');
    expect(kinds(engine.tellsIn(minutes))).toEqual(['deadline-missed', 'escalated']);
    expect(kinds(engine.tellsIn(60 * minutes))).toEqual(['escalated']);
  });

  test('medium → high: counted from when it became high', () => {
    const engine = new ChainEngine();
    engine.say('S5', 'smoke');
    engine.wait(2000);
    engine.wait(3 * minutes);
    engine.move('dispatched', 'accepted');
    engine.wait(minutes);
    engine.say('S6', 'smoke');
    expect(engine.ticket.severity).toBe('high');
    engine.wait(minutes - 1);
    expect(escalated(engine)).toEqual([]);
    engine.wait(1);
    expect(escalated(engine)).toEqual(['U1']);
  });

  test('closed before the minute is over: nothing is left to fall due', () => {
    const engine = fire({ acknowledged: false });
    engine.move('false-alarm');
    expect([...engine.state.due.keys()]).toEqual([]);
  });
});
