import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import { type DeviceMessage, deviceMessage } from '@fenghuo/contracts/device-message.ts';
import { reportedKinds, reportedStates } from '@fenghuo/contracts/words.ts';
import { issueDetail, type Refusal } from './codec.ts';
import { everydayTimeMs, readDeviceTime } from './device-time.ts';

/** A payload that satisfies the contract, with its time read; `ms` null when it carries none. */
export interface NativeMessage {
  message: DeviceMessage;
  ms: number | null;
  finer: string;
}

const kinds: ReadonlySet<unknown> = new Set(reportedKinds);
const states: ReadonlySet<unknown> = new Set(reportedStates);

/** Validates parsed JSON against the contract: at once when it is {@link everydayMessage}, else by its schema. */
export function readNativeMessage(json: unknown): NativeMessage | Refusal {
  return everydayMessage(json) ?? bySchema(json);
}

function bySchema(json: unknown): NativeMessage | Refusal {
  const result = deviceMessage.safeParse(json, toldBothWays);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    return { reason: issue.path[0] === 'ts' ? 'bad-time' : 'schema', detail: issueDetail(issue) };
  }
  const message = result.data;
  if (message.ts === undefined) return { message, ms: null, finer: '' };
  const time = readDeviceTime(message.ts);
  if (time === null)
    return { reason: 'bad-time', detail: `ts: ${message.ts} is outside the years 1 to 9999` };
  return { message, ms: time.ms, finer: time.finer };
}

/**
 * The message that nearly every device sends: known fields only of plain type, `attrs` flat, its time to the
 * millisecond. It accepts part of what the schema accepts, with the same result (a property test holds the
 * two together), and null means: ask the schema. 150 ns, where the schema takes 900 to 1,700, as long as all
 * the rest of decoding.
 */
export function everydayMessage(json: unknown): NativeMessage | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  let ms: number | null = null;
  for (const name in json) {
    const field: unknown = (json as Record<string, unknown>)[name];
    if (name === 'ts') {
      ms = typeof field === 'string' ? everydayTimeMs(field) : wholeMs(field);
      if (Number.isNaN(ms)) return null;
    } else if (!isEverydayField(name, field)) return null;
  }
  if (!('kind' in json)) return null;
  return { message: json as DeviceMessage, ms, finer: '' };
}

function isEverydayField(name: string, field: unknown): boolean {
  switch (name) {
    case 'kind':
      return kinds.has(field);
    case 'value':
      return Number.isFinite(field);
    case 'seq':
      return Number.isSafeInteger(field) && (field as number) >= 0;
    case 'state':
      return states.has(field);
    case 'id':
      return typeof field === 'string' && field.length >= 1 && field.length <= 128;
    case 'unit':
      return typeof field === 'string' && field.length <= 32;
    case 'attrs':
      return isFlat(field);
    default:
      return false;
  }
}

function isFlat(attrs: unknown): boolean {
  if (typeof attrs !== 'object' || attrs === null || Array.isArray(attrs)) return false;
  for (const name in attrs) {
    const value = (attrs as Record<string, unknown>)[name];
    const plain =
      typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value);
    if (!plain || name === '__proto__') return false;
  }
  return true;
}

/** Year 9999 and earlier, whole: what needs no second thought. */
function wholeMs(ts: unknown): number {
  return Number.isSafeInteger(ts) && (ts as number) >= 0 && (ts as number) < 253_402_300_800_000
    ? (ts as number)
    : Number.NaN;
}
