import type { Command } from '@fenghuo/contracts/commands.ts';
import type { DeviceType, EventKind } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { Registry } from '../registry/registry.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { Effects } from './effects.ts';
import { EngineState } from './engine-state.ts';
import type { Actor } from './inputs.ts';
import { takeCommand } from './take-command.ts';
import { takeDue } from './take-due.ts';
import { takeEvent } from './take-event.ts';

export const commander: Actor = { account: 'commander', name: '', role: 'commander', area: '331081' };
const grid = '331081100203-02';

/** A county of one tower, a warehouse a kilometre off, a camera 60 m from the tower, and its chain. */
function smallCounty(): Registry {
  const registry = new Registry({
    code: '331081',
    name: { zh: '温岭市', en: 'Wenling' },
    casePrefix: 'WL',
    demo: true,
  });
  registry.areaNames.set('331081100', { zh: '泽国镇', en: 'Zeguo' });
  const words = (text: string) => ({ zh: text, en: text });
  const at = { area: grid, floors: 9, lon: 121.36, lat: 28.48 };
  registry.buildings.set('B1', { ...at, id: 'B1', name: words('12 号楼'), use: 'high-rise' });
  registry.buildings.set('B2', { ...at, id: 'B2', name: words('仓库'), use: 'warehouse', lon: 121.37 });
  const unit = { lon: 121.36, lat: 28.48, capabilities: [] };
  registry.addUnit({
    ...unit,
    id: 'U0',
    level: 'county',
    area: '331081',
    parent: null,
    name: words('县'),
  });
  registry.addUnit({
    ...unit,
    id: 'U1',
    level: 'township',
    area: '331081100',
    parent: 'U0',
    name: words('镇'),
  });
  registry.addUnit({
    ...unit,
    id: 'U2',
    level: 'team',
    area: '331081100',
    parent: 'U1',
    name: words('队'),
    capabilities: ['fire'],
  });
  const add = (id: string, type: DeviceType, building: string | null, floor: number | null, lon: number) =>
    registry.addDevice({
      no: registry.deviceCount,
      id,
      type,
      area: grid,
      building,
      floor,
      room: null,
      lon,
      lat: 28.48,
    });
  for (let floor = 1; floor <= 9; floor += 1) add(`S${floor}`, 'smoke', 'B1', floor, 121.36);
  add('W1', 'smoke', 'B2', 1, 121.37);
  add('C1', 'camera', null, null, 121.3606);
  add('M1', 'manual', 'B1', 1, 121.36);
  add('P1', 'pressure', 'B1', 1, 121.36);
  add('K1', 'concentrator', 'B1', 1, 121.36);
  registry.cameraCodes.set('C1', '泽国-0231');
  return registry;
}

/** Drives the deciders as the writer does, one input a batch. */
export class Engine {
  readonly registry = smallCounty();
  readonly state: EngineState;
  readonly audit: string[] = [];
  now = 1_800_000_000_000;
  #no = 0;

  constructor(rulebook: Rulebook = shippedRulebook()) {
    this.state = new EngineState(rulebook);
  }

  say(device: string, kind: EventKind, more: Partial<DeviceEvent> = {}): void {
    const event: DeviceEvent = {
      deviceId: device,
      run: null,
      at: this.now,
      hasDeviceTime: true,
      ident: 0n,
      kind,
      state: 'alarm',
      value: null,
      unit: null,
      attrs: null,
      receivedAt: this.now,
      late: false,
      delayed: false,
      skewed: false,
      retained: false,
      source: 'test',
      ...more,
    };
    this.#turn((turn) => takeEvent(turn, event, this.registry.numberOf(device)));
  }

  order(body: Partial<Command> & { act: string }, actor = commander) {
    const command = { id: crypto.randomUUID(), seat: '', reason: '', ...body } as Command;
    const effects = this.#turn((turn) => takeCommand(turn, { actor, body: command }));
    return effects.answers[0]!.answer;
  }

  /** Moves the clock and fires what is due by then. */
  wait(ms: number): void {
    this.now += ms;
    for (
      let item = this.state.dueHeap.peek();
      item !== undefined && item.at <= this.now;
      item = this.state.dueHeap.peek()
    ) {
      const due = this.state.dueHeap.pop()!;
      this.#turn((turn) => takeDue(turn, due.id));
    }
  }

  #turn(take: (turn: Parameters<typeof takeDue>[0]) => void): Effects {
    const effects = new Effects();
    this.#no += 1;
    take({
      ...{ state: this.state, registry: this.registry, rulebook: this.state.rulebook, effects },
      ...{ no: this.#no, made: '', now: this.now, day: '270115', timeZone: 'Asia/Shanghai' },
    });
    this.state.seal(effects, { ...this.state.positions, engineNo: this.#no });
    this.state.settle();
    this.audit.push(...effects.audit.map((entry) => entry.act));
    return effects;
  }

  get alarms() {
    return [...this.state.alarms.values()];
  }
  get incidents() {
    return [...this.state.incidents.values()];
  }
  get tickets() {
    return [...this.state.tickets.values()];
  }
}
