import type { Command } from '@fenghuo/contracts/commands.ts';
import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';
import { decideOn } from './decide-on.ts';
import { EngineState } from './engine-state.ts';

const words = (text: string) => ({ zh: text, en: text });
const [zeguo, songmen] = ['331081100', '331081101'];
const minute = 60_000;

/** Two townships with sixty detectors of each kind that is asked for, each in a building of its own. */
function county(): Registry {
  const registry = new Registry({ code: '331081', name: words('温岭市'), casePrefix: 'WL', demo: true });
  const place = { lon: 121.3, lat: 28.4 };
  const unit = { ...place, capabilities: ['fire'], parent: null };
  registry.addUnit({ ...unit, id: 'U0', level: 'county', area: '331081', name: words('县') });
  registry.addUnit({ ...unit, id: 'U1', level: 'township', area: zeguo!, name: words('泽国') });
  registry.addUnit({ ...unit, id: 'U2', level: 'township', area: songmen!, name: words('松门') });
  for (const [area, letter] of [
    [zeguo!, 'Z'],
    [songmen!, 'S'],
  ] as const)
    for (let i = 0; i < 60; i += 1) {
      const at = { area, lon: 121 + i / 50, lat: letter === 'Z' ? 28.4 : 28.2 };
      const building = `B${letter}${i}`;
      registry.buildings.set(building, {
        ...at,
        id: building,
        name: words(building),
        use: 'high-rise',
        floors: 1,
      });
      const device = { no: registry.deviceCount, id: `${letter}${i}`, type: 'pressure' as const, room: null };
      registry.addDevice({ ...device, ...at, building, floor: 1 });
    }
  return registry;
}

class Engine {
  readonly state = new EngineState({ rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] });
  readonly registry = county();
  readonly acts: string[] = [];
  /** Every flood as it was written last. */
  readonly written = new Map<string, FloodRecord>();
  now = 1_800_000_000_000;

  /** Each of so many devices says it once. */
  say(letter: 'Z' | 'S', from: number, count: number, kind: EventKind = 'water', run: string | null = null) {
    for (let i = from; i < from + count; i += 1) this.#event(`${letter}${i}`, kind, run);
  }

  #event(deviceId: string, kind: EventKind, run: string | null): void {
    const event: DeviceEvent = {
      ...{ deviceId, run, at: this.now, hasDeviceTime: true, ident: 0n, kind, state: 'alarm' },
      ...{ value: null, unit: null, attrs: null, receivedAt: this.now, late: false, delayed: false },
      ...{ skewed: false, retained: false, source: 'test' },
    };
    const deviceNo = this.registry.numberOf(deviceId);
    const engineNo = this.state.positions.engineNo + 1;
    this.#decide({ events: [{ event, deviceNo, engineNo }], due: [], commands: [] });
  }

  order(body: Partial<Command> & { act: string }): void {
    const actor = { account: 'commander', name: '', role: 'commander', area: '331081' } as const;
    const command = { id: crypto.randomUUID(), seat: '', reason: '', ...body } as Command;
    this.#decide({
      events: [],
      due: [],
      commands: [{ actor, body: command, engineNo: this.state.positions.engineNo + 1, closedCase: null }],
    });
  }

  /** Moves the clock as the writer does: what is due fires at its time. */
  wait(ms: number): void {
    const until = this.now + ms;
    for (
      let next = this.state.dueHeap.peek();
      next !== undefined && next.at <= until;
      next = this.state.dueHeap.peek()
    ) {
      this.now = Math.max(this.now, next.at);
      this.#decide({ events: [], due: [this.state.dueHeap.pop()!.id], commands: [] });
    }
    this.now = until;
  }

  /** Moves the clock while nobody is there to fire what is due. */
  sleep(ms: number): void {
    this.now += ms;
  }

  #decide(inputs: Omit<Parameters<typeof decideOn>[1], 'firstDueNo'>): void {
    const engineNo = this.state.positions.engineNo + 1;
    const { state, registry, now } = this;
    const world = { state, registry, now, timeZone: 'Asia/Shanghai' };
    const effects = decideOn(world, { ...inputs, firstDueNo: engineNo });
    state.seal(effects, { ...state.positions, engineNo });
    state.settle();
    for (const flood of effects.floods.values()) this.written.set(flood.id, flood);
    this.acts.push(...effects.audit.map(({ act }) => act).filter((act) => act.endsWith('-flood')));
  }

  get floods() {
    return [...this.state.floods.values()].map(({ seat, run, rate }) => [seat, run, rate]);
  }
}

test('10 alarms in 10 min: none → the 11th: the township is in flood, the county hears no low one', () => {
  const engine = new Engine();
  engine.say('Z', 0, 10);
  expect(engine.floods).toEqual([]);
  engine.say('Z', 10, 1);
  expect(engine.floods).toEqual([['U1', null, 11]]);
  expect(engine.acts).toEqual(['enter-flood']);
});

test('flood → 9 min and 3 more → 10 s later: 3 of 10 min are left, and it is over', () => {
  const engine = new Engine();
  engine.say('Z', 0, 12);
  engine.wait(9 * minute);
  engine.say('Z', 12, 3);
  expect(engine.floods).toEqual([['U1', null, 12]]);
  engine.wait(minute);
  expect(engine.floods).toEqual([['U1', null, 15]]);
  engine.wait(10_000);
  expect(engine.floods).toEqual([]);
  expect(engine.acts).toEqual(['enter-flood', 'leave-flood']);
});

test('flood → 5 in the last 10 min: it goes on', () => {
  const engine = new Engine();
  engine.say('Z', 0, 12);
  engine.wait(9 * minute);
  engine.say('Z', 12, 5);
  engine.wait(2 * minute);
  expect(engine.floods).toEqual([['U1', null, 5]]);
});

test('medium ones of two townships: the county is in flood, neither township is', () => {
  const engine = new Engine();
  engine.say('Z', 0, 6, 'gas');
  engine.say('S', 0, 5, 'gas');
  expect(engine.floods).toEqual([['U0', null, 11]]);
});

test('10 live ones and a drill of 50: the drill is in flood, live is not; it ends with the drill', () => {
  const engine = new Engine();
  engine.order({ act: 'start-drill', subject: 'drill-1', title: 'x' });
  engine.say('Z', 0, 10);
  engine.say('Z', 0, 1, 'water', 'drill-1');
  expect(engine.floods).toEqual([]);
  engine.say('Z', 1, 49, 'water', 'drill-1');
  expect(engine.floods.map(([seat, run]) => [seat, run])).toEqual([['U1', 'drill-1']]);
  engine.order({ act: 'end-drill', subject: 'drill-1' });
  expect(engine.floods).toEqual([]);
  expect([...engine.state.hearings.entries()].map(([key]) => key)).toEqual(['|U1']);
  expect([...engine.state.due.values()].filter(({ kind }) => kind === 'flood-check')).toEqual([]);
});

test('flood → nobody is there for half an hour → one more: the old flood is over, and all of it was counted', () => {
  const engine = new Engine();
  engine.say('Z', 0, 12);
  engine.sleep(30 * minute);
  engine.say('Z', 12, 1);
  expect(engine.floods).toEqual([]);
  expect(engine.acts).toEqual(['enter-flood', 'leave-flood']);
  expect([...engine.written.values()]).toMatchObject([
    { closedAt: engine.now, peak: 12, rate: 0, heard: [{ severity: 'low', kind: 'water', count: 12 }] },
  ]);
});

test('a batch that is taken back was never heard', () => {
  const engine = new Engine();
  engine.say('Z', 0, 10);
  const { state, registry } = engine;
  const before = state.hearings.get('|U1');
  const event = { deviceId: 'Z10', kind: 'water', state: 'alarm', run: null, at: engine.now } as DeviceEvent;
  const world = { state, registry, now: engine.now, timeZone: 'Asia/Shanghai' };
  const again = { commands: [], due: [], firstDueNo: 99 };
  const effects = decideOn(world, {
    ...again,
    events: [{ event, deviceNo: registry.numberOf('Z10'), engineNo: 98 }],
  });
  expect(effects.floods.size).toBe(1);
  state.discard();
  expect([state.hearings.get('|U1'), state.floods.get('|U1')]).toEqual([before, undefined]);
});
