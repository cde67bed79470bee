import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { ReadTopic } from '../read-topic.ts';
import type { Refusal } from './codec.ts';

/** Dialects that name devices in their own way, and the beginning of the ids under which those wait for adoption. */
export const dialectPrefixes = {
  zigbee2mqtt: 'z2m',
  frigate: 'frigate',
  onvif: 'onvif',
  chirpstack: 'lora',
  homeassistant: 'ha',
  tasmota: 'tasmota',
  sparkplug: 'spb',
  gb26875: 'gb',
} as const;
export type DialectName = keyof typeof dialectPrefixes;

/** What one foreign device says of one kind of condition. */
export interface Report {
  /** The device's name in its dialect. */
  entity: string;
  kind: ReportedKind;
  state: ReportedState;
  value?: number | null;
  unit?: string | null;
  attrs?: Record<string, unknown> | null;
  /**
   * One of several things that a device says of this kind, such as two signs of a weak battery: the gravest of them
   * is its condition.
   */
  aspect?: string;
  /** ms since 1970; absent: the message carries no time. */
  at?: number | null;
  /** What tells this report from every other of its device. */
  id?: string;
  /**
   * What tells it from others of the same time, where it has no id. Neither of the two: a report is news when the
   * condition changed.
   */
  content?: string;
  /** The device's clock when it spoke, where that is told beside {@link at}: one that is off is not believed. */
  sentAt?: number | null;
  /** The dialect publishes this as a retained message, always: RETAIN does not say that it is old. */
  standing?: boolean;
  /** The sender says itself that this is an old copy. */
  cached?: boolean;
  /** A condition that ends by itself so long after it was last reported, ms. */
  lapsesAfterMs?: number;
}

/** A message for a dialect: see `CodecInput`. */
export interface DialectMessage {
  topic: ReadTopic;
  payload: Buffer;
  receivedAt: number;
  delayed: boolean;
}

/** `heard`: devices that showed that they live, and reported nothing. Neither is fine: understood, and nothing to store. */
export type DialectReading = { reports: readonly Report[]; heard?: readonly string[] } | Refusal;

/**
 * How devices of one foreign family speak, over MQTT or otherwise. It never throws, reads no clock and keeps no
 * reference to the payload. What it has to remember to understand the next message is bounded.
 */
export interface Dialect {
  readonly name: DialectName;
  /** MQTT topic filters, without the drill's prefix: what a session with a broker subscribes to. */
  readonly filters: readonly string[];
  hears(topic: ReadTopic): boolean;
  /** See `Codec`. */
  passesOver?(topic: ReadTopic): boolean;
  read(message: DialectMessage): DialectReading;
}

export const nothingSaid: DialectReading = { reports: [] };
