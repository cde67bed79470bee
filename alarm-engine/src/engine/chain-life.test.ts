import type { Command } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { DutyPost, TicketStage } from '@fenghuo/contracts/words.ts';
import { describe, expect, test } from 'vitest';
import type { Message } from '../notify/message.ts';
import { SmallEngine } from './small-engine.fixture.ts';

const minutes = 60_000;

/** The small county, with a station between team and room, and a police station and a second team a kilometre off. */
class ChainEngine extends SmallEngine {
  constructor() {
    super();
    const words = (text: string) => ({ zh: text, en: text });
    const place = { area: '331081100', parent: 'U1', lon: 121.36, lat: 28.489 };
    this.registry.addUnit({ ...place, id: 'U3', level: 'team', name: words('二队'), capabilities: ['fire'] });
    this.registry.addUnit({
      ...place,
      id: 'U4',
      level: 'team',
      name: words('派出所'),
      capabilities: ['police'],
    });
    for (const [id, unit] of [
      ['P3', 'U3'],
      ['P4', 'U4'],
    ] as const)
      this.registry.addPerson({ id, unit, post: 'mobile', onDuty: true });
  }

  get ticket(): TicketRecord {
    return this.tickets[0]!;
  }

  /** An act on the ticket as it is. */
  act(body: { act: Command['act'] } & Record<string, unknown>) {
    const { id: subject, version: expectedVersion } = this.ticket;
    return this.order({ subject, expectedVersion, ...body } as Parameters<SmallEngine['order']>[0]);
  }

  move(...steps: TicketStage[]): void {
    for (const to of steps)
      expect(this.act({ act: 'move-ticket', to, reason: 'x' })).toMatchObject({ ok: true });
  }

  setDuty(subject: string, post: DutyPost | null, until: number | null = null) {
    return this.order({ act: 'set-duty', subject, post, until });
  }

  /** What the last input told, to whom. */
  get told() {
    return told(this.last!.messages);
  }

  get acts(): string[] {
    return this.last!.audit.map(({ act }) => act);
  }

  /** Fires what is due up to then, and gives all that it told. */
  tellsIn(ms: number) {
    const before = this.sent.length;
    this.wait(ms);
    return told(this.sent.slice(before));
  }
}

const told = (messages: readonly Message[]) =>
  messages.map(({ kind, unit, people }) => [kind, unit, ...people]);

/** A call point, acknowledged: high, and not confirmed, so nobody is ordered by itself. */
function fire({ acknowledged = true } = {}): ChainEngine {
  const engine = new ChainEngine();
  engine.say('M1', 'manual');
  const { id, version } = engine.incidents[0]!;
  if (acknowledged) engine.order({ act: 'acknowledge-incident', subject: id, expectedVersion: version });
  return engine;
}

const kinds = (all: readonly string[][]) => all.map(([kind]) => kind);
const escalated = ({ ticket }: ChainEngine) => ticket.escalations.map(({ unit }) => unit);

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
    expect(kinds(engine.tellsIn(minutes))).toEqual(['escalated']);
    expect(engine.last!.messages[0]).toMatchObject({ unit: 'U1', note: { zh: '高风险警情无人确认' } });
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

describe('assigned', () => {
  test('a confirmed high fire: the nearest team is ordered as the ticket opens, with the reasons', () => {
    const engine = new ChainEngine();
    engine.say('S5', 'smoke');
    engine.say('C1', 'camera.fire');
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2', version: 2 });
    expect(engine.ticket.moves.at(-1)).toMatchObject({ by: 'engine', holder: 'U2' });
    expect(engine.ticket.moves.at(-1)?.reason).toContain('按规则自动派单');
    expect(engine.told).toEqual([
      ['opened', 'U1', 'P1'],
      ['handed-over', 'U2', 'P2'],
    ]);
    const ordered = engine.last!.audit.find(({ act }) => act === 'dispatch-by-rule');
    expect(JSON.parse(ordered!.detail)).toMatchObject({ unit: 'U2', instead: ['U3'], passedOver: [] });
  });

  test('high and unconfirmed → confirmed while it waits: ordered then; once people have sent it back, no more', () => {
    const engine = fire();
    expect(engine.ticket.stage).toBe('received');
    engine.say('S5', 'smoke');
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2' });
    engine.move('received');
    engine.say('S6', 'smoke');
    expect(engine.ticket).toMatchObject({ stage: 'received', holder: 'U1' });
  });

  test('the nearest is out at another fire: the next one goes, and the record says why', () => {
    const engine = new ChainEngine();
    engine.say('M1', 'manual');
    engine.say('S5', 'smoke');
    engine.say('W1', 'smoke');
    engine.order({ act: 'open-ticket', subject: engine.incidents[1]!.id, expectedVersion: 1 });
    const [, second] = engine.tickets;
    engine.order({ act: 'assign-ticket', subject: second!.id, expectedVersion: second!.version });
    expect(engine.tickets.map(({ holder }) => holder)).toEqual(['U2', 'U3']);
  });

  test('nobody is near and free: it stays in the room, and the room above hears so in words', () => {
    const engine = new ChainEngine();
    for (const person of ['P2', 'P3']) engine.setDuty(person, null);
    engine.say('S5', 'smoke');
    engine.say('C1', 'camera.fire');
    expect(engine.ticket).toMatchObject({ stage: 'received', holder: 'U1' });
    const asked = engine.last!.messages.find(({ kind }) => kind === 'proposal-needed');
    expect(asked).toMatchObject({ unit: 'U0', people: ['P0'] });
    expect(asked?.note?.zh).toBe('附近没有可派的队伍（队 无人在岗；二队 无人在岗），请人工调派');
    expect(engine.act({ act: 'assign-ticket' })).toMatchObject({ ok: false, reason: 'not-allowed-now' });
    expect(engine.act({ act: 'assign-ticket', unit: 'U3' })).toMatchObject({ ok: true });
    expect(engine.told).toEqual([['handed-over', 'U3', 'P1']]);
  });

  test('by hand: the first proposed, or the named one; not twice, and no room', () => {
    const engine = fire();
    expect(engine.act({ act: 'assign-ticket', unit: 'U1' })).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.act({ act: 'assign-ticket', unit: 'none' })).toMatchObject({ reason: 'unknown-subject' });
    engine.act({ act: 'add-party', role: 'lead', unit: 'U2' });
    expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
    expect(engine.ticket.parties).toEqual([]);
    expect(engine.acts).toEqual(['assign-ticket', 'move-ticket']);
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2' });
    expect(engine.act({ act: 'assign-ticket' })).toMatchObject({ allowed: ['transfer-ticket'] });
  });
});

describe('transferred', () => {
  test('to another team: both hear it with the reason, the deadline goes on, and the record has it', () => {
    const engine = fire();
    engine.move('dispatched', 'accepted');
    const { due, stepSince } = engine.ticket;
    engine.wait(10_000);
    expect(engine.act({ act: 'transfer-ticket', unit: 'U3' })).toMatchObject({ reason: 'reason-required' });
    expect(engine.act({ act: 'transfer-ticket', unit: 'U0', reason: 'x' })).toMatchObject({ ok: false });
    expect(engine.act({ act: 'transfer-ticket', unit: 'U2', reason: 'x' })).toMatchObject({ ok: false });
    engine.act({ act: 'transfer-ticket', unit: 'U3', reason: '就近' });
    expect(engine.ticket).toMatchObject({ holder: 'U3', stage: 'accepted', due, stepSince });
    expect(engine.ticket.moves.at(-1)).toMatchObject({ from: 'accepted', to: 'accepted', reason: '就近' });
    expect(engine.told).toEqual([
      ['transferred', 'U2', 'P2'],
      ['transferred', 'U3', 'P3'],
    ]);
    expect(engine.last!.messages.map(({ note }) => note?.en)).toEqual([
      'handed on to 二队: 就近',
      'handed on by 队: 就近',
    ]);
    engine.move('en-route');
    expect(engine.ticket.holder).toBe('U3');
  });
});

describe('called', () => {
  test('called → on scene → done, one step of the way back refused; closed only when all are done or let go', () => {
    const engine = fire();
    engine.move('dispatched');
    const add = { act: 'add-party', role: 'support' } as const;
    expect(engine.act({ ...add, unit: 'U3', reason: '增援' })).toMatchObject({ ok: true });
    expect(engine.told).toEqual([['called', 'U3', 'P3']]);
    for (const unit of ['U3', 'U2', 'none'])
      expect(engine.act({ ...add, unit })).toMatchObject({ ok: false });
    engine.act({ ...add, role: 'department', unit: 'U4' });
    engine.act({ act: 'move-party', unit: 'U3', to: 'on-scene' });
    expect(engine.told).toEqual([]);
    expect(engine.act({ act: 'move-party', unit: 'U3', to: 'en-route' })).toMatchObject({ ok: false });
    engine.move('accepted', 'on-scene', 'under-control', 'feedback', 'review');
    const close = { act: 'move-ticket', to: 'closed' } as const;
    expect(engine.act(close)).toMatchObject({
      reason: 'not-allowed-now',
      message: { zh: '还有协同单位未完成：二队、派出所；请先完成或解除' },
    });
    engine.act({ act: 'move-party', unit: 'U3', to: 'done' });
    engine.act({ act: 'release-party', unit: 'U4' });
    expect(engine.told).toEqual([['released', 'U4', 'P4']]);
    expect(engine.act(close)).toMatchObject({ ok: true });
  });

  test('let go → called again: told again, one entry', () => {
    const engine = fire();
    const add = { act: 'add-party', role: 'support', unit: 'U3' } as const;
    for (const body of [add, { act: 'release-party', unit: 'U3' } as const, add]) engine.act(body);
    expect(engine.ticket.parties).toMatchObject([{ unit: 'U3', state: 'called' }]);
    expect(engine.messages.filter((kind) => kind === 'called')).toHaveLength(2);
  });

  test('a false alarm lets everyone go who is at it, and tells them', () => {
    const engine = fire();
    engine.act({ act: 'add-party', role: 'support', unit: 'U3' });
    engine.move('false-alarm');
    expect(engine.told).toEqual([['released', 'U3', 'P3']]);
    expect(engine.last!.tickets.values().next().value?.parties).toMatchObject([{ state: 'released' }]);
  });
});

describe('on duty', () => {
  test('put on duty until six → hears → six → does not; a restart in between changes nothing', () => {
    const engine = new ChainEngine();
    engine.setDuty('P1', null);
    expect(engine.setDuty('P1', 'coordination', engine.now + 60 * minutes)).toMatchObject({ ok: true });
    engine.say('M1', 'manual');
    expect(engine.told).toEqual([['opened', 'U1', 'P1']]);
    engine.restart();
    engine.move('false-alarm');
    engine.wait(60 * minutes);
    expect(engine.acts).toEqual(['set-duty']);
    expect(engine.state.duty.get('P1')).toMatchObject({ onDuty: false, post: 'coordination', by: 'engine' });
    engine.restart();
    engine.say('M1', 'manual');
    expect(engine.told).toEqual([['opened', 'U1', 'P0']]);
    expect(engine.acts).toContain('find-nobody-on-duty');
  });

  test('put on duty until six → until seven: the first end does not count; off duty: none does', () => {
    const engine = new ChainEngine();
    engine.setDuty('P1', 'mobile', engine.now + minutes);
    engine.setDuty('P1', 'mobile', engine.now + 2 * minutes);
    engine.wait(minutes);
    expect(engine.state.duty.get('P1')?.onDuty).toBe(true);
    engine.setDuty('P1', null);
    expect([...engine.state.due.keys()]).toEqual([]);
  });

  test('refused: nobody of that name, an end that has passed or of nothing, another’s area', () => {
    const engine = new ChainEngine();
    const songmen = { account: 'd', name: '', role: 'dispatcher', area: '331081101' } as const;
    expect(engine.setDuty('none', 'mobile')).toMatchObject({ reason: 'unknown-subject' });
    expect(engine.setDuty('P1', 'mobile', engine.now)).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.setDuty('P1', null, engine.now + minutes)).toMatchObject({ reason: 'not-allowed-now' });
    expect(
      engine.order({ act: 'set-duty', subject: 'P1', post: 'mobile', until: null }, songmen),
    ).toMatchObject({ reason: 'not-authorised' });
  });
});
