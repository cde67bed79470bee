import { clockToleranceMs, type DeviceEvent, withoutTime } from '../device-event.ts';
import type { Codec, CodecInput, Decoded, Refusal } from './codec.ts';
import { refuse } from './codec.ts';
import { readDeviceTime } from './device-time.ts';
import type { Dialect, DialectName, DialectReading, Report } from './dialect.ts';
import { doubted, identOfId, identOfPayload } from './event-ident.ts';
import { deviceIdOf, type ForeignIdentities } from './foreign-identities.ts';
import type { Change, ForeignStates } from './foreign-states.ts';
import type { Lapses } from './lapses.ts';

export interface ForeignMemory {
  identities: ForeignIdentities;
  states: ForeignStates;
  lapses: Lapses<Lapsing>;
}

/** A condition that will be over, and the message that reported it. */
interface Lapsing {
  name: DialectName;
  report: Report;
  input: Pick<CodecInput, 'topic' | 'source'>;
}

/**
 * Makes a codec of a dialect: its devices get the ids of the house, what it repeats without an id becomes no event,
 * and an old copy says that it is one.
 */
export function foreignCodec(dialect: Dialect, memory: ForeignMemory): Codec {
  return {
    name: dialect.name,
    matches: (topic) => dialect.hears(topic),
    passesOver: (topic) => dialect.passesOver?.(topic) ?? false,
    decode: (input) => decode(dialect, memory, input),
  };
}

function decode(dialect: Dialect, memory: ForeignMemory, input: CodecInput): Decoded {
  if (dialect.passesOver?.(input.topic) === true) return { events: [] };
  const reading = dialect.read(input);
  if ('reason' in reading) return refuse(reading.reason, reading.detail);
  return understand(dialect.name, memory, input, reading);
}

/** Events of conditions that have ended by themselves by now. */
export function lapsed(memory: ForeignMemory, now: number): Decoded[] {
  return memory.lapses.take(now).map(({ name, report, input }) => {
    const over = { ...report, state: 'normal', attrs: { ...report.attrs, lapsed: true } } as const;
    const silence = { ...input, payload: noBytes, receivedAt: now, retained: false, delayed: false };
    return understand(name, memory, silence, { reports: [over] });
  });
}

const noBytes = Buffer.alloc(0);

function understand(
  name: DialectName,
  memory: ForeignMemory,
  input: CodecInput,
  reading: Exclude<DialectReading, Refusal>,
): Decoded {
  const idOf = (entity: string) => deviceIdOf(memory.identities, name, entity);
  const news: News[] = [];
  const changed = new Map<string, News>();
  for (const report of reading.reports) {
    if (!isByChange(report, input)) news.push({ report, change: null });
    else noteChange(changed, name, report, memory, input);
  }
  const changes = [...changed.values()].filter(isWorthKeeping);
  const events = [...news, ...changes].map((one) => toEvent(input, one, idOf(one.report.entity)));
  const heard = [...new Set([...(reading.heard ?? []), ...reading.reports.map(({ entity }) => entity)])];
  const stored = () => {
    for (const { change } of changes) change?.stored();
  };
  return { events, heard: heard.map(idOf), stored };
}

/** A report that becomes an event; `change` null: it is known by an id, or is an old copy. */
interface News {
  readonly report: Report;
  readonly change: Change | null;
}

/** Several aspects of one kind in one message are one change: to what they say together. */
function noteChange(
  changed: Map<string, News>,
  name: DialectName,
  report: Report,
  { states, lapses }: ForeignMemory,
  { topic, source, receivedAt: now }: CodecInput,
): void {
  const { entity, kind, state, aspect = '', lapsesAfterMs } = report;
  const key = [name, topic.run ?? '', entity, kind].join('\n');
  const change = states.note(key, { state, aspect, now });
  if (state === 'normal') lapses.cancel(`${key}\n${aspect}`);
  else if (lapsesAfterMs !== undefined)
    lapses.expect(`${key}\n${aspect}`, now + lapsesAfterMs, { name, report, input: { topic, source } });
  const earlier = changed.get(key)?.change;
  if (earlier?.state === change.state) return;
  changed.set(key, { report, change: { ...change, before: earlier ? earlier.before : change.before } });
}

/** A retained or cached copy teaches nothing, unless the dialect knows no other way to say it. */
function isByChange({ id, content, standing, cached }: Report, { retained }: CodecInput): boolean {
  return id === undefined && content === undefined && cached !== true && (!retained || standing === true);
}

/** That a device which nobody had heard of is not being tested is not worth a row. */
function isWorthKeeping({ report, change }: News): boolean {
  if (change === null || !change.isNews) return false;
  return !(report.kind === 'test' && change.before === null && change.state === 'normal');
}

function toEvent(input: CodecInput, { report, change }: News, deviceId: string): DeviceEvent {
  const { receivedAt } = input;
  const { kind, value = null, unit = null, attrs = null } = report;
  const ident = identOf(report, change);
  const time = readTime(report.at);
  const { at, late, skewed } = judgeTime(time, report.sentAt, receivedAt);
  const isDoubted = report.content !== undefined && (skewed || at === null);
  return {
    deviceId,
    run: input.topic.run,
    at: at ?? timeless(report, change, receivedAt),
    hasDeviceTime: at !== null,
    ident: isDoubted ? doubted(ident, receivedAt) : ident,
    kind,
    state: change?.state ?? report.state,
    value,
    unit: value === null ? null : unit,
    attrs,
    receivedAt,
    late,
    skewed,
    delayed: input.delayed,
    retained: isOld(input, report, change, at),
    source: input.source,
  };
}

function timeless({ id, content }: Report, change: Change | null, receivedAt: number): number {
  return id === undefined && content === undefined ? (change?.since ?? receivedAt) : withoutTime;
}

function readTime(at: number | null | undefined): number | null {
  return at === null || at === undefined || !Number.isFinite(at)
    ? null
    : (readDeviceTime(Math.floor(at))?.ms ?? null);
}

/** No transport keeps a message for longer: what is older comes from a dead clock. */
const longestDelayMs = 30 * 86_400_000;

function judgeTime(at: number | null, sentAt: number | null | undefined, receivedAt: number) {
  const age = at === null ? 0 : receivedAt - at;
  const isClockOff = sentAt !== undefined && Math.abs(receivedAt - (sentAt ?? 0)) > clockToleranceMs;
  const late = age > clockToleranceMs && age <= longestDelayMs && !isClockOff;
  return { at, late, skewed: Math.abs(age) > clockToleranceMs && !late };
}

function identOf({ id, content, kind, aspect = '', state }: Report, change: Change | null): bigint {
  const own = id ?? content;
  if (own !== undefined) return identOfId([own, kind, aspect].join('\n'));
  if (change !== null) return identOfPayload({ kind, state: change.state, since: change.since }, '', '');
  return identOfPayload({ kind, aspect, state }, '', '');
}

/**
 * True for a copy that may be old: it raises nothing. What is always published as retained is news when its own time is
 * of now, or when it changed from what was known.
 */
function isOld(
  { retained, receivedAt }: CodecInput,
  report: Report,
  change: Change | null,
  at: number | null,
): boolean {
  if (report.cached === true) return true;
  if (!retained || report.standing !== true) return retained;
  const isOfNow = at !== null && Math.abs(receivedAt - at) <= clockToleranceMs;
  return !isOfNow && (change === null || change.before === null);
}
