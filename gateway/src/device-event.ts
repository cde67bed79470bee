import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';

/** One message of a device, decoded and believed: what the writer stores and the rules see. Immutable. */
export interface DeviceEvent {
  deviceId: string;
  /** The drill that it belongs to; null when live. */
  run: string | null;
  /**
   * Device time, ms since 1970 (may be negative: a dead clock in UTC+8). When the message carries none:
   * {@link withoutTime} if it has an id, so that a redelivery meets its twin, else `receivedAt`.
   */
  at: number;
  hasDeviceTime: boolean;
  /** Signed 64-bit identity within (device, `at`): see `codecs/event-ident.ts`. A redelivery has the same. */
  ident: bigint;
  kind: EventKind;
  state: ReportedState;
  value: number | null;
  unit: string | null;
  attrs: Record<string, unknown> | null;
  /** The gateway's clock when the message arrived. */
  receivedAt: number;
  /** Older than {@link clockToleranceMs}, and told so: spooled, redelivered or a will. The clock is fine. */
  late: boolean;
  /**
   * Device time is off by more than {@link clockToleranceMs} and nothing says why: kept, not believed. Judged for
   * each event alone: a client that resends an hour-old event without DUP looks like this too.
   */
  skewed: boolean;
  /** The transport says that it may have come before or is old: DUP, a will. Most likely not new. */
  delayed: boolean;
  /** Came with RETAIN = 1, so it may be an old copy: it is stored and raises nothing (promise 9). */
  retained: boolean;
  /** The way it came in, such as `mqtt-endpoint`. */
  source: string;
}

/** Stands for the time of an event that has an id and no time: the same at every delivery. */
export const withoutTime = 0;

/** How far device time may lie from the gateway's clock before it is late or skewed. */
export const clockToleranceMs = 5 * 60_000;

/** Why a message could not become an event. Also the label of the metric. A resend does not help. */
export const refusalReasons = [
  'not-json',
  'not-utf8',
  'schema',
  'oversized',
  'nul-or-surrogate',
  'bad-time',
  'unknown-topic',
  'unknown-payload',
  'damaged',
  'no-birth',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** A message that goes to quarantine, with everything needed to see why and to process it again. */
export interface Refused {
  reason: RefusalReason;
  source: string;
  /** Who sent it; null when the source does not know. */
  principal: string | null;
  /** As it was published, drill prefix included. */
  topic: string;
  /** Came with RETAIN = 1: what becomes of it later raises nothing. */
  retained: boolean;
  /** The payload, in memory of its own. */
  bytes: Uint8Array;
  /** One line, at most 200 characters, free of NUL and lone surrogates. */
  detail: string;
  receivedAt: number;
}
