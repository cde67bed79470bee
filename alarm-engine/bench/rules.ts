import { parseArgs } from 'node:util';
import type { DeviceType, EventKind } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { Registry } from '../src/registry/registry.ts';
import { assess, clears, holds } from '../src/rules/assess.ts';
import { EventView, type Surroundings } from '../src/rules/event-view.ts';
import { RecentSignals } from '../src/rules/recent-signals.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';

/**
 * What the rules cost: the way of an event from its device's id to the assessment with its reasons, its entering of the
 * recent signals included, by the shipped book, in one thread. A fifth of the events is an alarm of one of 50,000
 * devices, each of which is in alarm once in `--spread` seconds: the hour that signals are kept by default, or the
 * minute of a storm. Processor time on two cores that do little else: 315,000 events/s, and 223,000 with `--spread 60`.
 *
 *     npm run bench:rules -- [--json] [--events 2000000] [--share 0.21] [--spread 3300]
 */
const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '2000000' },
    /** Events that are alarms, of all. */
    share: { type: 'string', default: '0.21' },
    spread: { type: 'string', default: '3300' },
  },
});
const spreadMs = Number(given.spread) * 1000;
const [events, share] = [Number(given.events), Number(given.share)];
const [villages, buildings, detectors, cameras] = [661, 12_000, 170_000, 42_000];
const alarming = 50_000;
const batchSize = 4096;
const area = (village: number) => `331081${100 + (village % 17)}${200 + (village % 700)}-01`;

/** Detectors by what a county has of them, in parts of a hundred. */
const mix: readonly (readonly [DeviceType, number])[] = [
  ...([
    ['smoke', 62],
    ['heat', 6],
    ['gas', 10],
    ['co', 2],
    ['current', 8],
  ] as const),
  ...([
    ['water', 3],
    ['pressure', 4],
    ['manual', 4],
    ['concentrator', 1],
  ] as const),
];
const types = mix.flatMap(([type, parts]) => Array<DeviceType>(parts).fill(type));

/** The same numbers at each run. Numerical Recipes' generator. */
let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const near = (degrees: number) => (random() - 0.5) * degrees;

/** 661 villages of 18 buildings within 300 m of their middle; cameras stand outside of buildings. */
function makeCounty(): Registry {
  const registry = new Registry({
    ...{ code: '331081', name: { zh: '', en: '' }, casePrefix: 'WL', demo: true },
  });
  const middles = Array.from({ length: villages }, () => ({
    lon: 121.4 + near(0.35),
    lat: 28.4 + near(0.25),
  }));
  for (let i = 0; i < buildings; i += 1) {
    const middle = middles[i % villages]!;
    const place = { lon: middle.lon + near(0.006), lat: middle.lat + near(0.0054) };
    const id = `B${i}`;
    registry.buildings.set(id, {
      ...{ id, area: area(i % villages), name: { zh: id, en: id }, use: 'residential', floors: 9, ...place },
    });
  }
  for (let no = 0; no < detectors + cameras; no += 1) addDevice(registry, no, middles);
  return registry;
}

function addDevice(registry: Registry, no: number, middles: readonly { lon: number; lat: number }[]): void {
  const isCamera = no >= detectors;
  const village = no % villages;
  const middle = middles[village]!;
  const building = registry.buildings.get(`B${no % buildings}`)!;
  registry.addDevice({
    ...{ no, id: `33108110020${no}`, room: null },
    type: isCamera ? 'camera' : types[Math.floor(random() * types.length)]!,
    area: isCamera ? area(village) : building.area,
    building: isCamera ? null : building.id,
    floor: isCamera ? null : 1 + (no % 9),
    lon: isCamera ? middle.lon + near(0.006) : building.lon,
    lat: isCamera ? middle.lat + near(0.0054) : building.lat,
  });
}

const kindOf = (type: DeviceType): EventKind => {
  if (type === 'camera') return random() < 0.5 ? 'camera.fire' : 'camera.intrusion';
  return type === 'concentrator' || type === 'unknown' ? 'silent' : type;
};

/** Numbers of the devices that are in alarm now and again: every fourth of the county. */
const every = Math.floor((detectors + cameras) / alarming);

let alarms = 0;
/** Each in its turn, and no two neighbours after each other. */
function nextAlarming(): number {
  alarms += 1;
  return ((alarms * 7919) % alarming) * every;
}

/** What is said next: an event of its own, as a codec makes it. */
function makeEvent(registry: Registry, isAlarm: boolean, at: number): DeviceEvent {
  const no = isAlarm ? nextAlarming() : Math.floor(random() * (detectors + cameras));
  return {
    deviceId: registry.devices.idOf(no) ?? '',
    run: null,
    at,
    hasDeviceTime: true,
    ident: 0n,
    kind: kindOf(registry.typeOf(no)),
    state: isAlarm ? 'alarm' : 'normal',
    value: null,
    unit: null,
    attrs: null,
    receivedAt: at,
    late: false,
    delayed: false,
    skewed: false,
    retained: false,
    source: 'bench',
  };
}

const book = shippedRulebook();
const registry = makeCounty();
const recent = new RecentSignals();
const surroundings: Surroundings = { recent, standing: () => [], timeZone: 'Asia/Shanghai' };
let matched = 0;
let reasons = 0;

/** What the engine does with an event, without what it keeps of it. */
function judge(event: DeviceEvent, now: number): void {
  const no = registry.numberOf(event.deviceId);
  const type = registry.typeOf(no);
  if (event.state === 'normal' && !book.judgesReadings(event.kind, type)) return;
  const device = registry.device(no);
  const building = device.building === null ? null : (registry.buildings.get(device.building) ?? null);
  const label = registry.cameraCodes.get(device.id) ?? device.id;
  const view = new EventView({ event, device, building, label, now, surroundings });
  if (event.state !== 'normal') recent.enter(event.run, view.signal);
  let isMatch = false;
  for (const rule of book.rulesFor(event.kind, type)) {
    if (holds(rule, view)) {
      isMatch = true;
      reasons += assess(rule, view).reasons.length;
    } else if (event.state === 'normal') clears(rule, view);
  }
  if (isMatch) matched += 1;
}

let now = 1_800_000_000_000;
/** Processor time of so many events, µs. */
function run(count: number, alarmShare: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i += 1) {
    now += (spreadMs * alarmShare) / alarming;
    judge(makeEvent(registry, random() < alarmShare, now), now);
    if (i % batchSize === 0) {
      recent.settle();
      recent.seal();
    }
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** First each is in alarm a few times, which also warms the code up. */
run(alarming * 5, 1);
[matched, reasons] = [0, 0];
const microseconds = run(events, share);
const found = {
  events_per_s: Math.round((events / microseconds) * 1e6),
  ns_per_event: Math.round((microseconds / events) * 1000),
  matched_share: Number((matched / events).toFixed(3)),
  window_entries: recent.size,
  devices: registry.deviceCount,
  reasons_per_match: Number((reasons / matched).toFixed(2)),
};
/** What the project promises. */
if (found.events_per_s < 300_000 || found.matched_share < 0.2 || found.window_entries < 49_000)
  process.exitCode = 1;
if (given.json) console.log(JSON.stringify(found));
else console.table(found);
