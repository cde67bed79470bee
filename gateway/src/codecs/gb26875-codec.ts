import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { Dialect, DialectMessage, DialectReading, Report } from './dialect.ts';
import { type Gb26875Frame, gb26875Command, readFrame, readTime } from './gb26875-frame.ts';
import { statusReports } from './gb26875-status.ts';

/** The topic under which frames are decoded and, if need be, kept in quarantine. */
export const gb26875Topic = 'gb26875/v1/frame';

/**
 * GB/T 26875.3-2011, what a building's fire system says through its transmitter 用户信息传输装置: one frame a message.
 * Devices are `{source}` the transmitter, `{source}/{system type}-{system address}` a system, and
 * `{source}/{system}/{component address}` a component, so that a component waits for adoption as
 * `gb:010203040506:1-3:393433`.
 *
 * A component's or system's fire is known by its object, the time in it included, since a transmitter that heard no
 * confirmation sends it again; faults are known by their change, since every status repeats them.
 */
export const gb26875: Dialect = {
  name: 'gb26875',
  filters: [],
  hears: ({ original }) => original === gb26875Topic,
  read,
};

function read({ payload }: DialectMessage): DialectReading {
  const frame = readFrame(payload);
  if (typeof frame === 'string') return { reason: 'damaged', detail: frame };
  const { command, adu, source } = frame;
  if (command !== gb26875Command.send && command !== gb26875Command.reply)
    return command >= 1 && command <= 6
      ? { reports: [], heard: [source] }
      : { reason: 'unknown-payload', detail: `command ${command}` };
  if (adu.length === 0) return { reports: [], heard: [source] };
  if (adu.length < 2) return { reason: 'schema', detail: 'a data unit without a number of objects' };
  const type = adu[0]!;
  if (silentTypes.has(type)) return { reports: [], heard: [source] };
  const kindOfObject = objects[type];
  if (kindOfObject === undefined) return { reason: 'unknown-payload', detail: `type ${type}` };
  return readObjects(frame, kindOfObject);
}

/** Versions, configuration, clocks, initialisation, duty checks: understood, and nothing to store. */
const silentTypes: ReadonlySet<number> = new Set([
  5, 6, 7, 8, 25, 26, 28, 61, 62, 63, 64, 65, 66, 67, 68, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91,
]);

/** One object of a data unit: its bytes, and its own time or that of the frame. */
interface Said {
  bytes: Buffer;
  source: string;
  at: number | null;
  /** Time tag of the frame. */
  sentAt: number | null;
  content: string;
}

interface ObjectKind {
  /** Bytes without a time of its own. */
  length: number;
  read: (said: Said) => readonly Report[];
}

const objects: Readonly<Record<number, ObjectKind>> = {
  1: { length: 4, read: readSystem },
  2: { length: 40, read: readComponent },
  3: { length: 10, read: readAnalog },
  4: { length: 4, read: (said) => readOperation(said, systemOf(said), said.bytes[2]!) },
  21: { length: 1, read: readTransmitter },
  24: { length: 2, read: (said) => readOperation(said, said.source, said.bytes[0]!) },
};

const timeLength = 6;

/** All objects have a time of their own, or none has. */
function readObjects(frame: Gb26875Frame, { length, read: readObject }: ObjectKind): DialectReading {
  const { adu, source, seq } = frame;
  const count = adu[1]!;
  const each = (adu.length - 2) / Math.max(count, 1);
  if (count === 0) return { reports: [], heard: [source] };
  if (each !== length && each !== length + timeLength)
    return { reason: 'schema', detail: `${count} objects of type ${adu[0]} in ${adu.length - 2} bytes` };
  const reports = Array.from({ length: count }, (_, i) => {
    const bytes = adu.subarray(2 + i * each, 2 + (i + 1) * each);
    const own = each > length ? readTime(bytes, length) : null;
    const rest = own === null ? ` ${seq} ${frame.at}` : '';
    return readObject({
      bytes,
      source,
      at: own ?? frame.at,
      sentAt: frame.at,
      content: `${adu[0]} ${bytes.toString('hex')}${rest}`,
    });
  });
  return { reports: reports.flat(), heard: [source] };
}

function systemOf({ bytes, source }: Said): string {
  return `${source}/${bytes[0]}-${bytes[1]}`;
}

function readSystem(said: Said): readonly Report[] {
  const status = said.bytes.readUInt16LE(2);
  const attrs = { system: said.bytes[0]!, status };
  return statusReports('system', status, {
    entity: systemOf(said),
    fire: 'smoke',
    at: said.at,
    sentAt: said.sentAt,
    content: said.content,
    attrs,
  });
}

const gb18030 = new TextDecoder('gb18030');

function readComponent(said: Said): readonly Report[] {
  const { bytes, at, sentAt, content } = said;
  const [type, address, status] = [bytes[2]!, bytes.readUInt32LE(3), bytes.readUInt16LE(7)];
  const text = bytes.subarray(9, 40);
  const end = text.indexOf(0);
  const place = gb18030.decode(end === -1 ? text : text.subarray(0, end)).replace(/\p{Cc}/gu, '');
  const attrs = { component: type, status, place };
  return statusReports('component', status, {
    entity: `${systemOf(said)}/${address}`,
    fire: fireOf(type),
    at,
    sentAt,
    content,
    attrs,
  });
}

/** What a component's fire is, by its type (clause 8.3.2, table 5). */
function fireOf(type: number): ReportedKind {
  if ((type >= 10 && type <= 13) || type === 74) return 'gas';
  if (type >= 16 && type <= 18) return 'current';
  if (type === 23 || type === 24) return 'manual';
  return type >= 30 && type <= 37 ? 'heat' : 'smoke';
}

/** Analog types (clause 8.3.3, table 6): what is measured, and what one count is worth. */
const measures: Readonly<Record<number, readonly [unit: string, per: number]>> = {
  1: ['', 1],
  2: ['m', 100],
  3: ['°C', 10],
  4: ['MPa', 10],
  5: ['kPa', 10],
  6: ['%LEL', 10],
  7: ['s', 1],
  8: ['V', 10],
  9: ['A', 10],
  10: ['L/s', 10],
  11: ['m³/min', 10],
  12: ['m/s', 1],
};

/** A measured value says nothing of a condition, so it neither raises nor ends one. */
function readAnalog(said: Said): readonly Report[] {
  const { bytes, at, sentAt, content } = said;
  const [unit, per] = measures[bytes[7]!] ?? ['', 1];
  const entity = `${systemOf(said)}/${bytes.readUInt32LE(3)}`;
  const attrs = { component: bytes[2]!, analog: bytes[7]! };
  return [
    {
      entity,
      kind: 'report',
      state: 'normal',
      value: bytes.readInt16LE(8) / per,
      unit,
      at,
      sentAt,
      content,
      attrs,
    },
  ];
}

/** Bits of an operation (clauses 8.3.4 and 8.3.10) that say something of a condition. */
const operations: readonly (readonly [bit: number, kind: ReportedKind, state: ReportedState])[] = [
  [0, 'restore', 'normal'],
  [2, 'manual', 'alarm'],
  [3, 'manual', 'normal'],
  [4, 'test', 'test'],
  [6, 'test', 'test'],
];

/** Silencing, confirming and the answer to a duty check change no condition. */
function readOperation({ at, sentAt, content }: Said, entity: string, flags: number): readonly Report[] {
  const done = operations.filter(([bit]) => (flags >> bit) & 1);
  return done.map(([bit, kind, state]) => ({
    entity,
    kind,
    state,
    at,
    sentAt,
    content: `${content} ${bit}`,
    attrs: { operation: flags },
  }));
}

function readTransmitter({ bytes, source, at, sentAt, content }: Said): readonly Report[] {
  const attrs = { status: bytes[0]! };
  return statusReports('transmitter', bytes[0]!, {
    entity: source,
    fire: 'smoke',
    at,
    sentAt,
    content,
    attrs,
  });
}
