import type { CarrierDialect } from '@fenghuo/contracts/carrier.ts';
import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import { clockToleranceMs, type DeviceEvent, withoutTime } from '../device-event.ts';
import { fieldTables, measures } from './carrier-fields.ts';
import { type CodecInput, type Decoded, refuse } from './codec.ts';
import { readDeviceTime } from './device-time.ts';
import { identOfPayload } from './event-ident.ts';

/** What a carrier's message comes down to, whatever its envelope. */
export interface CarrierReport {
  dialect: CarrierDialect;
  /** Names of the device, the one on its label (IMEI) first. Empty and absent ones are left out here. */
  names: readonly unknown[];
  /** Time of the platform in ms since 1970, as a number or in digits; null when it gives none. */
  time: unknown;
  /** The message has an id of its own, so that without a time a redelivery is known by its content. */
  hasId: boolean;
  fields: Readonly<Record<string, unknown>>;
  /** Everything that tells this message from another. */
  identity: object;
}

/** States of one kind, the gravest first: of two fields that disagree, the graver one is believed. */
const gravest: readonly ReportedState[] = ['alarm', 'fault', 'test', 'normal'];

/** A message, and whether a device of this name has a row. */
export interface CarrierInput extends CodecInput {
  isRegistered: (deviceId: string) => boolean;
}

/**
 * The events of one message of a carrier's cloud: one for each kind that its fields speak of, all fields kept as
 * attributes of the first. A message of which nothing can be understood is refused; a field that nobody declared,
 * or a value of it, is only kept. The platform's time is believed: what is older than the tolerance was delivered
 * late, and raises as such.
 */
export function carrierEvents(input: CarrierInput, report: CarrierReport): Decoded {
  const deviceId = chooseName(input, report.names);
  if (deviceId === null) return refuse('schema', 'the message names no device that could be an id');
  const at = readTime(report.time);
  if (at === undefined) return refuse('bad-time', `${String(report.time)} is not milliseconds since 1970`);
  const { states, understood } = readFields(report);
  if (!understood)
    return refuse('unknown-payload', `no field with a declared meaning: ${nameFields(report)}`);
  const events = [...states].map(([kind, state], i) =>
    toEvent(input, report, { deviceId, at, kind, state, i }),
  );
  return { events };
}

/** A registered name, else the first usable one, under which the device will wait for adoption. */
function chooseName({ isRegistered }: CarrierInput, names: readonly unknown[]): string | null {
  const usable = names.map((name) => (typeof name === 'number' ? String(name) : name)).filter(isUsable);
  return usable.find((name) => isRegistered(name)) ?? usable[0] ?? null;
}

/** CTWing words an absent number as `undefined`. */
function isUsable(name: unknown): name is string {
  return typeof name === 'string' && name !== 'undefined' && isDeviceId(name);
}

/** Null: there is none. Undefined: there is one, and it is none. */
function readTime(time: unknown): number | null | undefined {
  if (time === null || time === undefined) return null;
  const ms = typeof time === 'string' && /^\d{1,15}$/.test(time) ? Number(time) : time;
  return typeof ms === 'number' ? readDeviceTime(ms)?.ms : undefined;
}

function readFields({ dialect, fields }: CarrierReport) {
  const table = fieldTables[dialect];
  const states = new Map<EventKind, ReportedState>();
  let understood = false;
  for (const [name, field] of Object.entries(fields)) {
    const read = Object.hasOwn(table, name) ? table[name] : undefined;
    const value = toNumber(field);
    const meaning = value === null ? null : (read?.(value) ?? null);
    if (meaning === null) continue;
    understood = true;
    if (meaning !== 'silent') states.set(meaning.kind, graver(states.get(meaning.kind), meaning.state));
  }
  return { states, understood };
}

function graver(one: ReportedState | undefined, other: ReportedState): ReportedState {
  return gravest.find((state) => state === one || state === other) ?? other;
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && /^-?\d{1,9}(\.\d{1,9})?$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function nameFields({ fields }: CarrierReport): string {
  return Object.keys(fields).slice(0, 12).join(', ') || 'there is none at all';
}

interface Said {
  deviceId: string;
  at: number | null;
  kind: EventKind;
  state: ReportedState;
  /** Place among the events of the message. */
  i: number;
}

function toEvent(
  input: CodecInput,
  report: CarrierReport,
  { deviceId, at, kind, state, i }: Said,
): DeviceEvent {
  const { receivedAt } = input;
  const measure = measures[kind];
  const value =
    measure?.fields.map((name) => toNumber(report.fields[name])).find((one) => one !== null) ?? null;
  return {
    deviceId,
    run: input.topic.run,
    at: at ?? (report.hasId ? withoutTime : receivedAt),
    hasDeviceTime: at !== null,
    ident: identOfPayload({ kind, of: report.identity }, '', ''),
    kind,
    state,
    value,
    unit: value === null ? null : (measure?.unit ?? null),
    attrs: i === 0 ? { ...report.fields } : null,
    receivedAt,
    late: at !== null && at < receivedAt - clockToleranceMs,
    skewed: at !== null && at > receivedAt + clockToleranceMs,
    delayed: input.delayed,
    retained: input.retained,
    source: input.source,
  };
}
