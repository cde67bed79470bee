import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import { isRecord } from './json-payload.ts';

/** A binary sensor as its discovery message announces it. */
export interface HomeAssistantEntity {
  /** `unique_id`, else what its configuration topic calls it. */
  id: string;
  name: string | null;
  class: string;
  kind: ReportedKind;
  /** Its condition while it is on. */
  state: ReportedState;
  stateTopic: string;
  /** Into the JSON of the state; null: the payload itself. */
  valuePath: readonly string[] | null;
  payloadOn: string;
  payloadOff: string;
  availability: readonly Availability[];
  /** Without a sign for so long it is off again; null: it says so itself. ms. */
  offDelayMs: number | null;
}

interface Availability {
  topic: string;
  path: readonly string[] | null;
  online: string;
  offline: string;
}

/** Device classes of binary sensors that matter here. */
const classes: Readonly<Record<string, { kind: ReportedKind; state: ReportedState }>> = {
  smoke: { kind: 'smoke', state: 'alarm' },
  heat: { kind: 'heat', state: 'alarm' },
  gas: { kind: 'gas', state: 'alarm' },
  carbon_monoxide: { kind: 'co', state: 'alarm' },
  moisture: { kind: 'water', state: 'alarm' },
  tamper: { kind: 'tamper', state: 'fault' },
  problem: { kind: 'fault', state: 'fault' },
  battery: { kind: 'battery', state: 'fault' },
};

/** Long names of the short forms that a configuration may use. */
const longNames: Readonly<Record<string, string>> = {
  stat_t: 'state_topic',
  avty: 'availability',
  avty_t: 'availability_topic',
  avty_tpl: 'availability_template',
  val_tpl: 'value_template',
  uniq_id: 'unique_id',
  dev_cla: 'device_class',
  dev: 'device',
  pl_on: 'payload_on',
  pl_off: 'payload_off',
  pl_avail: 'payload_available',
  pl_not_avail: 'payload_not_available',
  off_dly: 'off_delay',
  exp_aft: 'expire_after',
  t: 'topic',
};

const longest = 512;

/** Null: a class that says nothing here. A text: what is wrong with it. */
export function homeAssistantEntity(json: unknown, id: string): HomeAssistantEntity | string | null {
  if (!isRecord(json)) return '(message): expected an object';
  const config = lengthen(json);
  const deviceClass = textOf(config, 'device_class');
  const meaning = deviceClass !== null && Object.hasOwn(classes, deviceClass) ? classes[deviceClass]! : null;
  if (deviceClass === null || meaning === null) return null;
  const stateTopic = topicOf(config, 'state_topic');
  if (stateTopic === null) return 'state_topic: expected a topic';
  const valuePath = pathOf(config.value_template);
  if (valuePath === 'unreadable') return `value_template: only {{ value_json.path }} is understood`;
  const availability = availabilityOf(config);
  if (typeof availability === 'string') return availability;
  return {
    id: textOf(config, 'unique_id') ?? id,
    name: textOf(config, 'name'),
    class: deviceClass,
    ...meaning,
    stateTopic,
    valuePath,
    payloadOn: payloadOf(config.payload_on) ?? 'ON',
    payloadOff: payloadOf(config.payload_off) ?? 'OFF',
    availability,
    offDelayMs: typeof config.off_delay === 'number' && config.off_delay > 0 ? config.off_delay * 1000 : null,
  };
}

/** `~` in a topic stands for the configuration's base. */
function lengthen(json: Record<string, unknown>): Record<string, unknown> {
  const base = typeof json['~'] === 'string' ? json['~'] : null;
  const pairs = Object.entries(json).map(([name, value]) => {
    const long = Object.hasOwn(longNames, name) ? longNames[name]! : name;
    if (base === null || typeof value !== 'string' || !long.endsWith('topic')) return [long, value] as const;
    return [long, value.replace(/^~/, base).replace(/~$/, base)] as const;
  });
  return Object.fromEntries(pairs);
}

function availabilityOf(config: Record<string, unknown>): Availability[] | string {
  const listed = Array.isArray(config.availability) ? config.availability : [];
  const all = [...listed.filter(isRecord).map(lengthen)];
  if (config.availability_topic !== undefined)
    all.push({ ...config, topic: config.availability_topic, value_template: config.availability_template });
  const read: Availability[] = [];
  for (const one of all.slice(0, 8)) {
    const topic = topicOf(one, 'topic');
    const path = pathOf(one.value_template);
    if (topic === null || path === 'unreadable')
      return 'availability: a topic or template that is not understood';
    const online = payloadOf(one.payload_available) ?? 'online';
    read.push({ topic, path, online, offline: payloadOf(one.payload_not_available) ?? 'offline' });
  }
  return read;
}

function textOf(config: Record<string, unknown>, name: string): string | null {
  const value = config[name];
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : null;
}

function topicOf(config: Record<string, unknown>, name: string): string | null {
  const topic = textOf(config, name);
  return topic === null || /[+#]/.test(topic) ? null : topic;
}

/** As it is compared with: JSON's true and numbers are what a template makes of them. */
function payloadOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : null;
}

const template = /^\{\{\s*value_json((?:\.\w+|\[\s*(?:'[^']+'|"[^"]+"|\d+)\s*\])+)\s*\}\}$/;
const step = /\.(\w+)|\[\s*(?:'([^']+)'|"([^"]+)"|(\d+))\s*\]/g;

/** `{{ value_json.path }}`, also with brackets; null: none, or the plain `{{ value }}`. */
function pathOf(said: unknown): readonly string[] | null | 'unreadable' {
  if (said === undefined || said === null || said === '') return null;
  if (typeof said !== 'string' || said.length > longest) return 'unreadable';
  if (/^\{\{\s*value\s*\}\}$/.test(said.trim())) return null;
  const path = template.exec(said.trim())?.[1];
  if (path === undefined) return 'unreadable';
  return [...path.matchAll(step)].map(([, a, b, c, d]) => a ?? b ?? c ?? d ?? '');
}
