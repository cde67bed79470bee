import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type {
  AlarmRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { DeviceType, EventKind } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { type AlarmTransition, isAnnunciation } from '../alarms/alarm-transition.ts';
import { bucketMs } from '../alarms/flood-control.ts';
import type { Duty } from '../chain/roster.ts';
import type { Message } from '../notify/message.ts';
import { Registry } from '../registry/registry.ts';
import { readRulebook } from '../rules/read-rulebook.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';
import type { StoredSignal } from '../store/sql/list-recent-signals.ts';
import type { HeardRow } from '../store/sql/load-hearings.ts';
import { type ClosedCase, namingClosed } from './closed-case.ts';
import { decideOn, type InputsToDecide } from './decide-on.ts';
import type { DueItem } from './due-heap.ts';
import type { Effects } from './effects.ts';
import { EngineState } from './engine-state.ts';
import type { Actor } from './inputs.ts';
import { rebuildState } from './rebuild-state.ts';

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
  registry.addPerson({ id: 'P0', unit: 'U0', post: 'commander', onDuty: true });
  registry.addPerson({ id: 'P1', unit: 'U1', post: 'follow-up', onDuty: true });
  registry.addPerson({ id: 'P2', unit: 'U2', post: 'mobile', onDuty: true });
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

type Nobody = { id: string; closedAt?: number | null; endedAt?: number | null };

const making = ({ id }: Nobody) => id.split('.')[0]!.length;

/** What the tables of a database would hold: every record as it was last written. */
class Tables {
  readonly #records = new Map<string, Map<string, Nobody>>();

  keep(table: string, records: ReadonlyMap<string, Nobody>): void {
    const rows = this.#records.get(table) ?? new Map<string, Nobody>();
    for (const [id, record] of records) rows.set(id, record);
    this.#records.set(table, rows);
  }

  every<T extends Nobody>(table: string): T[] {
    return [...(this.#records.get(table)?.values() ?? [])] as T[];
  }

  closed<T extends Nobody>(table: string): T[] {
    return this.every<T>(table).filter(
      ({ closedAt = null, endedAt = null }) => closedAt !== null || endedAt !== null,
    );
  }

  /** Open records in the order in which they were made, as the database gives them back. */
  open<T extends Nobody>(table: string): T[] {
    const rows = [...(this.#records.get(table)?.values() ?? [])] as T[];
    return rows
      .filter(({ closedAt = null, endedAt = null }) => closedAt === null && endedAt === null)
      .sort((a, b) => making(a) - making(b) || (a.id < b.id ? -1 : 1));
  }
}

/** The shipped book, but that a medium alarm opens its ticket at once: for tests of what comes after. */
export function hastyBook(): Rulebook {
  const text = shippedRulebook().text.replace(
    /medium: \{ ticket: when-confirmed.*\n(.*)group_wait: 2 s/,
    'medium: { ticket: at-once, group_wait: 0 s }\n$1group_wait: 0 s',
  );
  const read = readRulebook(text, 1);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.rulebook;
}

/** As the history of alarms gives it back. */
function heardRow({ run, area, severity, kind, at }: AlarmTransition): HeardRow {
  return { run, area, severity, kind, at: Math.floor(at / bucketMs) * bucketMs, count: 1 };
}

/** As the event table gives it back. */
function storedSignal(registry: Registry, event: DeviceEvent): StoredSignal {
  const { run, at, receivedAt, kind, state, late } = event;
  return { device: registry.numberOf(event.deviceId), run, at, receivedAt, kind, state, late };
}

const nothing: InputsToDecide = { commands: [], events: [], due: [], firstDueNo: 0 };

/** Drives the one function of deciding as the writer does, one input a batch, in a small county. */
export class SmallEngine {
  state: EngineState;
  readonly registry = smallCounty();
  readonly audit: string[] = [];
  /** Everything that anybody was told, and of which kind it was. */
  readonly sent: Message[] = [];
  readonly messages: string[] = [];
  readonly #tables = new Tables();
  readonly #due = new Map<string, DueItem>();
  readonly #duty = new Map<string, Duty>();
  readonly #signals: StoredSignal[] = [];
  readonly #heard: HeardRow[] = [];
  #unread: { broadcast: string; unit: string }[] = [];
  /** What the last input caused. */
  last: Effects | null = null;
  now = 1_800_000_000_000;

  /** Every workflow that was in force, kept as the table keeps them. */
  readonly #workflows: Workflow[];

  constructor(rulebook: Rulebook = shippedRulebook(), workflow: Workflow = shippedWorkflow().workflow) {
    this.#workflows = [workflow];
    this.state = new EngineState({ rulebook, workflows: this.#workflows });
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
    const engineNo = this.state.positions.engineNo + 1;
    if (event.state !== 'normal' && event.state !== 'test' && !event.retained)
      this.#signals.push(storedSignal(this.registry, event));
    this.#take({ ...nothing, events: [{ event, deviceNo: this.registry.numberOf(device), engineNo }] });
  }

  order(body: Partial<Command> & { act: string; subject: string }, actor = commander): CommandAnswer {
    const command = { id: crypto.randomUUID(), seat: '', reason: '', ...body } as Command;
    const engineNo = this.state.positions.engineNo + 1;
    return this.#take({
      ...nothing,
      commands: [{ actor, body: command, engineNo, closedCase: this.#closedCase(command) }],
    }).answers[0]!.answer;
  }

  /** The case that a command names and that is not in memory, as the writer reads it before it decides. */
  #closedCase(body: Command): ClosedCase | null {
    const closed = <T extends Nobody>(table: string) => this.#tables.every<T>(table);
    const named = closed<TicketRecord>('tickets').find(({ id }) => id === body.subject);
    const id = named?.incident ?? body.subject;
    if (namingClosed(this.state, [{ actor: commander, body }]).length === 0) return null;
    const incident = closed<IncidentRecord>('incidents').find((one) => one.id === id);
    const ticket = closed<TicketRecord>('tickets').findLast((one) => one.incident === id) ?? null;
    return incident === undefined ? null : { incident, ticket };
  }

  /** Moves the clock and fires what is due by then, each at its time or late; what was called off takes no number. */
  wait(ms: number): void {
    this.now += ms;
    for (;;) {
      const { dueHeap } = this.state;
      const item = dueHeap.peek();
      if (item === undefined || item.at > this.now) return;
      dueHeap.pop();
      if (this.state.due.get(item.id)?.at === item.at)
        this.#take({ ...nothing, due: [item.id], firstDueNo: this.state.positions.engineNo + 1 });
    }
  }

  /** The process dies and another one goes on with what the database holds. */
  restart(): void {
    this.state = this.rebuilt();
  }

  /** The state as a restart would have it. */
  rebuilt(): EngineState {
    const of = (table: string) => this.#tables.open<never>(table);
    const serials = ['270115', 'D270115'].map((key): [string, number] => [
      key,
      this.state.serials.get(key) ?? 0,
    ]);
    return rebuildState(
      {
        drills: of('drills'),
        holds: of('holds'),
        alarms: of('alarms'),
        incidents: of('incidents'),
        tickets: of('tickets'),
        upkeep: of('upkeep'),
        resolvedUpkeep: this.#tables
          .closed<UpkeepRecord>('upkeep')
          .filter(({ resolved }) => resolved !== null),
        duty: [...this.#duty.values()],
        due: JSON.parse(JSON.stringify([...this.#due.values()])),
        serials,
        floods: of('floods'),
        broadcasts: of('broadcasts'),
        unread: this.#unread,
        heard: this.#heard.filter(({ at }) => at > this.now - this.state.rulebook.flood.withinMs - bucketMs),
        pastHolds: this.#tables.closed<HoldRecord>('holds'),
        signals: this.#signals,
        positions: this.state.positions,
      },
      { registry: this.registry, rulebook: this.state.rulebook, workflows: this.#workflows },
    );
  }

  #take(inputs: InputsToDecide): Effects {
    const { state, registry, now } = this;
    const effects = decideOn({ state, registry, now, timeZone: 'Asia/Shanghai' }, inputs);
    state.seal(effects, { ...state.positions, engineNo: state.positions.engineNo + 1 });
    state.settle();
    for (const { device, event } of effects.reports) {
      registry.addDevice(device);
      this.#signals.push(storedSignal(registry, event));
    }
    this.#heard.push(...effects.transitions.filter(({ from, to }) => isAnnunciation(from, to)).map(heardRow));
    for (const table of [
      'alarms',
      'incidents',
      'tickets',
      'drills',
      'holds',
      'floods',
      'broadcasts',
      'upkeep',
    ] as const)
      this.#tables.keep(table, effects[table]);
    this.#unread = [...this.#unread, ...effects.broadcastUnits].filter(
      (one) =>
        !effects.broadcastReads.some((read) => read.broadcast === one.broadcast && read.unit === one.unit) &&
        this.state.broadcasts.get(one.broadcast) !== undefined,
    );
    for (const [id, duty] of effects.duty) this.#duty.set(id, duty);
    for (const [id, item] of effects.due) {
      if (item === null) this.#due.delete(id);
      else this.#due.set(id, item);
    }
    this.#workflows.push(...effects.workflows.map(({ workflow }) => workflow));
    this.audit.push(...effects.audit.map((entry) => entry.act));
    this.sent.push(...effects.messages);
    this.messages.push(...effects.messages.map(({ kind }) => kind));
    this.last = effects;
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
  get holds() {
    return [...this.state.holds.values()];
  }

  /** The open alarm of a device; throws when there is none or more than one. */
  alarmOf(device: string): AlarmRecord {
    const [alarm, ...others] = this.alarms.filter((open) => open.device === device);
    if (alarm === undefined || others.length > 0) throw new Error(`${device} has not one open alarm`);
    return alarm;
  }
}
