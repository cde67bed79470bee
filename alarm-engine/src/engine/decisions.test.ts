import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commander, SmallEngine } from './small-engine.fixture.ts';

describe('from event to ticket', () => {
  test('smoke → three minutes: one alarm, one incident, one ticket at the township, accepted due in 10 min', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.wait(2_000);
    engine.wait(180_000);
    expect(engine.alarms).toMatchObject([
      { device: 'S5', severity: 'medium', state: 'unacknowledged', latched: true },
    ]);
    expect(engine.incidents).toMatchObject([
      { severity: 'medium', place: { zh: '泽国镇 12 号楼' }, floors: [5] },
    ]);
    expect(engine.tickets).toMatchObject([
      {
        step: 'received',
        holder: 'U1',
        caseCode: engine.incidents[0]!.caseCode,
        due: { stage: 'accepted', at: engine.now + 600_000 },
      },
    ]);
  });

  test('smoke, smoke again: nothing new', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    const before = JSON.stringify([engine.alarms, engine.incidents, engine.tickets]);
    engine.say('S5', 'smoke');
    expect(JSON.stringify([engine.alarms, engine.incidents, engine.tickets])).toBe(before);
  });

  test('smoke on 5, 40 s, smoke on 6: same incident, now high, ticket tightened', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.wait(40_000);
    engine.say('S6', 'smoke');
    expect(engine.incidents).toMatchObject([{ severity: 'high', floors: [5, 6] }]);
    expect(engine.incidents[0]!.reasons[0]!.zh).toBe('5、6 层 2 只烟感 40 秒内相继报警');
    expect(engine.tickets).toMatchObject([
      { severity: 'high', due: { stage: 'accepted', at: engine.now + 60_000 } },
    ]);
  });

  test('camera sees fire, smoke in the tower beside it: one incident, at the tower, high', () => {
    const engine = new SmallEngine();
    engine.say('C1', 'camera.fire');
    engine.say('S5', 'smoke');
    expect(engine.incidents).toMatchObject([
      { severity: 'high', building: 'B1', place: { zh: '泽国镇 12 号楼' } },
    ]);
    engine.say('S6', 'smoke');
    expect(engine.incidents).toHaveLength(1);
    expect(engine.tickets).toHaveLength(1);
    expect(engine.tickets[0]!.place.zh).toBe('泽国镇 12 号楼');
  });

  test('two buildings a kilometre apart: two incidents', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.say('W1', 'smoke');
    expect(engine.incidents).toHaveLength(2);
    expect(new Set(engine.incidents.map((incident) => incident.caseCode)).size).toBe(2);
  });

  test('low water pressure: an incident without a ticket, over when it returns and is acknowledged', () => {
    const engine = new SmallEngine();
    engine.say('P1', 'pressure');
    expect(engine.tickets).toHaveLength(0);
    engine.say('P1', 'pressure', { state: 'normal' });
    expect(engine.alarms).toMatchObject([{ state: 'returned-unacknowledged' }]);
    const alarm = engine.alarms[0]!;
    expect(
      engine.order({ act: 'acknowledge-alarm', subject: alarm.id, expectedVersion: alarm.version }),
    ).toMatchObject({ ok: true });
    expect([engine.alarms, engine.incidents]).toEqual([[], []]);
  });

  test('an intrusion is over as it is seen: it waits for acknowledgement, and the next one is told again', () => {
    const engine = new SmallEngine();
    engine.say('C1', 'camera.intrusion');
    expect(engine.alarms).toMatchObject([{ state: 'returned-unacknowledged', severity: 'low' }]);
    const { id, version } = engine.alarms[0]!;
    engine.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    expect([engine.alarms, engine.incidents]).toEqual([[], []]);
    engine.say('C1', 'camera.intrusion');
    expect(engine.alarms).toHaveLength(1);
    expect(engine.incidents).toHaveLength(1);
  });

  test('water low, then current high on one device: two conditions, two alarms, each returns by itself', () => {
    const engine = new SmallEngine();
    engine.say('P1', 'water');
    engine.say('P1', 'current');
    engine.say('P1', 'water', { state: 'normal' });
    expect(engine.alarms.map((alarm) => [alarm.kind, alarm.condition])).toEqual([
      ['water', false],
      ['current', true],
    ]);
    expect(engine.incidents).toHaveLength(1);
  });

  test('a "normal" out of a spool, from before the alarm, does not end it', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.say('S5', 'smoke', { state: 'normal', late: true, at: engine.now - 3_600_000 });
    expect(engine.alarms).toMatchObject([{ condition: true }]);
    engine.say('S5', 'smoke', { state: 'normal', at: engine.now + 1000 });
    expect(engine.alarms).toMatchObject([{ condition: false, latched: true }]);
  });

  test('a detector that has burned for an hour still bears out the next one', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.wait(3_600_000);
    engine.say('S6', 'smoke');
    expect(engine.incidents).toMatchObject([{ severity: 'high' }]);
  });

  test('retained, test, fault, battery: no alarm; a fault is upkeep once', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke', { retained: true });
    engine.say('S5', 'test', { state: 'test' });
    engine.say('S5', 'fault', { state: 'fault' });
    engine.say('S5', 'fault', { state: 'fault' });
    engine.say('S5', 'battery', { state: 'fault' });
    expect(engine.alarms).toEqual([]);
    expect([...engine.state.upkeep.values()].map((item) => item.kind)).toEqual(['fault', 'battery']);
    engine.say('S5', 'restore', { state: 'normal' });
    expect([...engine.state.upkeep.values()]).toEqual([]);
  });
});

describe('supervision', () => {
  const silent = { state: 'fault', attrs: { cause: 'own', children: 0 }, source: 'supervision' } as const;
  const heard = { ...silent, state: 'normal' } as const;
  const open = (engine: SmallEngine) =>
    [...engine.state.upkeep.values()].map(({ device, kind }) => [device, kind]);

  test('detector silent → heard: upkeep, opened and closed, and no alarm', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'silent', silent);
    expect(open(engine)).toEqual([['S5', 'silent']]);
    expect([...engine.state.upkeep.values()]).toMatchObject([{ cause: 'own' }]);
    engine.say('S5', 'silent', heard);
    expect([open(engine), engine.alarms]).toEqual([[], []]);
  });

  test('concentrator silent → heard → acknowledged: one low alarm without a ticket, and upkeep', () => {
    const engine = new SmallEngine();
    engine.say('K1', 'silent', { ...silent, attrs: { cause: 'children', children: 12 } });
    expect([...engine.state.upkeep.values()]).toMatchObject([{ device: 'K1', cause: 'children' }]);
    expect(engine.alarms).toMatchObject([{ severity: 'low', title: { zh: '集中器失联' }, latched: false }]);
    expect(engine.incidents).toMatchObject([{ hazard: 'supervision', ticket: null }]);
    engine.say('K1', 'silent', heard);
    const { id, version, state } = engine.alarms[0]!;
    expect([state, open(engine)]).toEqual(['returned-unacknowledged', []]);
    engine.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    expect([engine.alarms, engine.incidents, engine.tickets]).toEqual([[], [], []]);
  });

  test('a fire in the building of a silent concentrator is an incident of its own', () => {
    const engine = new SmallEngine();
    engine.say('K1', 'silent', silent);
    engine.say('S5', 'smoke');
    expect(engine.incidents.map(({ hazard, severity }) => [hazard, severity])).toEqual([
      ['supervision', 'low'],
      ['fire', 'medium'],
    ]);
  });

  test('smoke for a day → stuck → normal: upkeep beside the alarm, which it does not end', () => {
    const engine = new SmallEngine();
    const stuck = { state: 'fault', attrs: { condition: 'smoke' }, source: 'supervision' } as const;
    engine.say('S5', 'smoke');
    engine.say('S5', 'stuck', stuck);
    engine.say('S5', 'silent', silent);
    engine.say('S5', 'silent', heard);
    expect(open(engine)).toEqual([['S5', 'stuck']]);
    expect(engine.alarms).toMatchObject([{ condition: true, state: 'unacknowledged' }]);
    engine.say('S5', 'smoke', { state: 'normal' });
    expect(open(engine)).toEqual([]);
    engine.say('S5', 'stuck', stuck);
    expect(open(engine)).toEqual([]);
  });

  test.each([0, Date.UTC(2099, 0, 1)])(
    'a device clock of %i changes nothing: two detectors within five minutes of ours are high, later ones are not',
    (at) => {
      const engine = new SmallEngine();
      engine.say('S5', 'smoke', { at, skewed: true });
      engine.say('S5', 'smoke', { state: 'normal', at, skewed: true });
      engine.wait(4 * 60_000);
      engine.say('S6', 'smoke');
      expect(engine.incidents).toMatchObject([{ severity: 'high' }]);
      const later = new SmallEngine();
      later.say('S5', 'smoke', { at: later.now + 6 * 60_000, skewed: true });
      later.say('S5', 'smoke', { state: 'normal', at, skewed: true });
      later.wait(6 * 60_000);
      later.say('S6', 'smoke', { at: later.now, skewed: false });
      expect(later.incidents).toMatchObject([{ severity: 'medium' }]);
    },
  );
});

describe('ticket', () => {
  const steps = [
    'dispatched',
    'accepted',
    'en-route',
    'on-scene',
    'under-control',
    'feedback',
    'review',
    'supervision',
    'closed',
  ] as const;

  test('the whole loop: held by the team in between, closed with its incident and alarms; the next event is a new alarm', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    const holders = steps.map((to) => {
      const ticket = engine.tickets[0]!;
      expect(
        engine.order({
          ...{ act: 'move-ticket', subject: ticket.id, expectedVersion: ticket.version, to },
          reason: '已处置',
        }),
      ).toMatchObject({ ok: true });
      return engine.tickets[0]?.holder ?? 'ended';
    });
    expect(holders).toEqual(['U2', 'U2', 'U2', 'U2', 'U2', 'U1', 'U1', 'U0', 'ended']);
    expect([engine.incidents, engine.tickets]).toEqual([[], []]);
    expect(engine.alarms).toEqual([]);
    expect([...engine.state.due.values()]).toMatchObject([{ kind: 'follow-up-due' }]);
    engine.say('M1', 'manual');
    expect(engine.tickets).toMatchObject([{ step: 'received' }]);
  });

  test('60 s without acceptance: overdue once; accepting late clears it for the next deadline', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    engine.wait(59_999);
    expect(engine.tickets[0]!.overdue).toBe(false);
    engine.wait(1);
    expect(engine.tickets[0]!.overdue).toBe(true);
    engine.wait(3_600_000);
    expect(engine.audit.filter((act) => act === 'miss-deadline')).toHaveLength(1);
    for (const to of ['dispatched', 'accepted'] as const) {
      const { id, version } = engine.tickets[0]!;
      engine.order({ act: 'move-ticket', subject: id, expectedVersion: version, to });
    }
    expect(engine.tickets[0]).toMatchObject({ overdue: false, due: { stage: 'on-scene' } });
  });

  test('under review, smoke on another floor: back on the scene, with a deadline counted from now', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    for (const to of steps.slice(0, 7)) {
      const { id, version } = engine.tickets[0]!;
      engine.order({ act: 'move-ticket', subject: id, expectedVersion: version, to, reason: '已处置' });
    }
    engine.wait(3_600_000);
    engine.say('S6', 'smoke');
    expect(engine.tickets).toMatchObject([
      {
        step: 'on-scene',
        holder: 'U2',
        overdue: false,
        due: { stage: 'under-control', at: engine.now + 300_000 },
      },
    ]);
  });

  test('acknowledged, returned, under review, the same detector again: unacknowledged, and back on the scene', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    const { id, version } = engine.alarms[0]!;
    engine.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    engine.say('M1', 'manual', { state: 'normal' });
    for (const to of steps.slice(0, 7)) {
      const ticket = engine.tickets[0]!;
      engine.order({
        ...{ act: 'move-ticket', subject: ticket.id, expectedVersion: ticket.version, to },
        reason: '已处置',
      });
    }
    engine.say('M1', 'manual');
    expect(engine.alarms).toMatchObject([{ id, state: 'unacknowledged', condition: true }]);
    expect(engine.tickets).toMatchObject([{ step: 'on-scene' }]);
  });

  test('medium for four minutes, then high: accepted at once, the scene is due three minutes after the raise', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke');
    engine.wait(240_000);
    engine.say('S6', 'smoke');
    const raisedAt = engine.now;
    engine.wait(6000);
    for (const to of steps.slice(0, 2)) {
      const { id, version } = engine.tickets[0]!;
      engine.order({ act: 'move-ticket', subject: id, expectedVersion: version, to });
    }
    expect(engine.tickets).toMatchObject([
      { overdue: false, due: { stage: 'on-scene', at: raisedAt + 180_000 } },
    ]);
  });

  test('two dispatchers on one version: the first wins, the second is told who', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    const { id, version } = engine.tickets[0]!;
    const move = { act: 'move-ticket', subject: id, expectedVersion: version, to: 'dispatched' } as const;
    expect(engine.order(move)).toMatchObject({ ok: true });
    const second = engine.order(move);
    expect(second).toMatchObject({ ok: false, reason: 'version-conflict' });
    expect(second.ok === false && second.message.zh).toContain('commander');
  });

  test('a move that the workflow does not know, and one outside the area: refused, nothing changed', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    const { id, version } = engine.tickets[0]!;
    expect(
      engine.order({ act: 'move-ticket', subject: id, expectedVersion: version, to: 'closed' }),
    ).toMatchObject({ reason: 'not-allowed-now', allowed: ['dispatched', 'false-alarm'] });
    const elsewhere = { ...commander, area: '331081001' };
    expect(
      engine.order(
        { act: 'move-ticket', subject: id, expectedVersion: version, to: 'dispatched' },
        elsewhere,
      ),
    ).toMatchObject({ reason: 'not-authorised' });
    expect(engine.tickets[0]!.version).toBe(version);
  });

  test('a grid whose code the other one’s begins with: refused, for alarm, incident and ticket', () => {
    const engine = new SmallEngine();
    engine.say('M1', 'manual');
    const alarm = engine.alarmOf('M1');
    expect(alarm.area).toMatch(/-\d\d$/);
    const neighbour = { ...commander, area: alarm.area.slice(0, -1) };
    const [incident, ticket] = [engine.incidents[0]!, engine.tickets[0]!];
    for (const [act, { id, version }] of [
      ['acknowledge-alarm', alarm],
      ['acknowledge-incident', incident],
      ['move-ticket', ticket],
    ] as const)
      expect(
        engine.order({ act, subject: id, expectedVersion: version, to: 'dispatched' } as never, neighbour),
      ).toMatchObject({ reason: 'not-authorised' });
  });
});

describe('drill', () => {
  test('an event of a drill that does not run raises nothing; one that runs has alarms of its own', () => {
    const engine = new SmallEngine();
    engine.say('S5', 'smoke', { run: 'R1' });
    expect(engine.alarms).toEqual([]);
    engine.order({ act: 'start-drill', subject: 'R1', title: '演练' });
    engine.say('S5', 'smoke', { run: 'R1' });
    engine.say('S6', 'smoke');
    expect(engine.incidents.map((incident) => [incident.run, incident.severity])).toEqual([
      ['R1', 'medium'],
      [null, 'medium'],
    ]);
    expect(engine.incidents[0]!.caseCode).toMatch(/^DWL-/);
    engine.order({ act: 'end-drill', subject: 'R1' });
    expect(engine.alarms).toMatchObject([{ device: 'S6', run: null }]);
    expect(engine.incidents).toHaveLength(1);
    expect([...engine.state.due.keys()].map((id) => id.split(':')[1])).toEqual([engine.incidents[0]!.id]);
  });
});

test('no sequence makes two open alarms of a device and rule, two open incidents of a building, or loses the tie between them', () => {
  const act = fc.record({
    device: fc.constantFrom('S1', 'S2', 'C1', 'M1', 'W1'),
    type: fc.constantFrom('raise', 'normal', 'acknowledge', 'reset', 'move', 'false-alarm', 'wait'),
  });
  const kinds = { S: 'smoke', C: 'camera.fire', M: 'manual', W: 'smoke' } as const;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const engine = new SmallEngine();
      for (const { device, type } of acts) {
        const kind = kinds[device[0] as keyof typeof kinds];
        const alarm = engine.alarms.find((open) => open.device === device);
        const ticket = engine.tickets[0];
        if (type === 'raise') engine.say(device, kind);
        if (type === 'normal') engine.say(device, kind, { state: 'normal' });
        if (type === 'wait') engine.wait(45_000);
        if (alarm && (type === 'acknowledge' || type === 'reset'))
          engine.order({ act: `${type}-alarm`, subject: alarm.id, expectedVersion: alarm.version } as never);
        if (ticket && type === 'move')
          engine.order({
            act: 'move-ticket',
            subject: ticket.id,
            expectedVersion: ticket.version,
            to: 'dispatched',
          });
        if (ticket && type === 'false-alarm')
          engine.order({
            act: 'move-ticket',
            subject: ticket.id,
            expectedVersion: ticket.version,
            to: 'false-alarm',
            reason: '误报',
          });
      }
      const open = engine.alarms.map((alarm) => `${alarm.device}|${alarm.rule}`);
      expect(new Set(open).size).toBe(open.length);
      const buildings = engine.incidents
        .map((incident) => incident.building)
        .filter((building) => building !== null);
      expect(new Set(buildings).size).toBe(buildings.length);
      for (const ticket of engine.tickets)
        expect(engine.state.incidents.get(ticket.incident)?.ticket).toBe(ticket.id);
      for (const incident of engine.incidents)
        if (incident.ticket !== null) expect(engine.state.tickets.get(incident.ticket)).toBeDefined();
      for (const alarm of engine.alarms)
        if (!alarm.acknowledged)
          expect(engine.state.incidents.get(alarm.incident ?? '')?.alarms).toContain(alarm.id);
    }),
  );
});
