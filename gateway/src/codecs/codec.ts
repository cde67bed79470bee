import { wordsOf } from '@fenghuo/contracts/both-ways.ts';
import type { DeviceEvent, RefusalReason } from '../device-event.ts';
import type { ReadTopic } from '../read-topic.ts';

/** A message as a source hands it to a codec: admitted, not yet understood. */
export interface CodecInput {
  topic: ReadTopic;
  /** Valid only during the call: it lies in the socket's buffer. */
  payload: Buffer;
  /** The gateway's clock, ms since 1970. */
  receivedAt: number;
  retained: boolean;
  /** The transport says that it may be old: a redelivery (DUP), a will. */
  delayed: boolean;
  /** The way it came in, such as `mqtt-endpoint`. */
  source: string;
}

export interface Refusal {
  reason: RefusalReason;
  detail: string;
}

/**
 * No events at all is fine: understood, and nothing to store. `heard`: devices that live, whether there is an event of
 * them or not. `stored` is called once all events are stored.
 */
export type Decoded =
  | {
      events: readonly DeviceEvent[];
      heard?: readonly string[];
      stored?: () => void;
      refusal?: undefined;
    }
  | { refusal: Refusal; events?: undefined; heard?: undefined; stored?: undefined };

/** One family of payloads. Never throws, reads no clock, keeps no reference to the payload. */
export interface Codec {
  readonly name: string;
  matches(topic: ReadTopic): boolean;
  /** True for a topic whose messages say nothing here, whatever is in them, and however long they are. */
  passesOver?(topic: ReadTopic): boolean;
  /** `isRegistered`: has a row, adopted or not. A foreign device has several names, one of which may be ours. */
  decode(input: CodecInput, isRegistered: (deviceId: string) => boolean): Decoded;
}

/** Most characters of {@link Refusal.detail}. */
const detailLength = 400;

/** A refusal whose detail can be stored and printed whatever the sender put into it. */
export function refuse(reason: RefusalReason, detail: string): Decoded {
  const printable = detail.slice(0, detailLength).replace(/\p{Cc}/gu, '·');
  return { refusal: { reason, detail: printable.toWellFormed() } };
}

/** The refusal of a message that is not of its schema's shape: the first thing that is wrong with it. */
export function misshapen(error: { issues: readonly SchemaIssue[] }): Decoded {
  const { reason, detail } = misshapenReason(error);
  return refuse(reason, detail);
}

export function misshapenReason({ issues }: { issues: readonly SchemaIssue[] }): Refusal {
  return { reason: 'schema', detail: issueDetail(issues[0]!) };
}

/** Of an issue of a parse that was `toldBothWays`: where, and what, in Chinese and English. */
export function issueDetail({ path, message }: SchemaIssue): string {
  const { zh, en } = wordsOf(message);
  return `${path.map(String).join('.') || '(message)'}: ${zh} / ${en}`;
}

interface SchemaIssue {
  path: readonly PropertyKey[];
  message: string;
}
