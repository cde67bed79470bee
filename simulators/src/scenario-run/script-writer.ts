import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import type { PlannedMessage } from '../flood/message-plan.ts';
import type { Publication } from '../scenario/script.ts';

export interface ScriptWriterOptions {
  publications: readonly Publication[];
  county: string;
  /** Run that drill messages, or with `allDrill` all of them, go to; null: there is none. */
  run: string | null;
}

/** Attributes that a scenario gives are short; see docs/scenarios.md. */
const longestPublish = 4096;

/** Writes the PUBLISH of a publication, QoS 1, in the native payload, and notes the device time that it gave. */
export class ScriptWriter {
  readonly longest = longestPublish;
  /** Device time of each publication, ms since 1970; NaN: it has not left. */
  readonly times: Float64Array;
  readonly #options: ScriptWriterOptions;

  constructor(options: ScriptWriterOptions) {
    this.#options = options;
    this.times = new Float64Array(options.publications.length).fill(Number.NaN);
  }

  write(
    target: Buffer,
    start: number,
    { device: index }: PlannedMessage,
    sending: { packetId: number; timeMs: number; duplicate: boolean },
  ): number {
    this.times[index] = sending.timeMs;
    const topic = this.topicOf(index);
    const payload = this.payloadOf(index);
    const topicBytes = Buffer.byteLength(topic);
    const length = 2 + topicBytes + 2 + Buffer.byteLength(payload);
    let at = start;
    target[at++] = sending.duplicate ? 0x3a : 0x32;
    at = writeLength(target, at, length);
    target[at++] = topicBytes >>> 8;
    target[at++] = topicBytes & 255;
    at += target.write(topic, at);
    target[at++] = sending.packetId >>> 8;
    target[at++] = sending.packetId & 255;
    return at + target.write(payload, at);
  }

  topicOf(index: number): string {
    const { publications, county, run } = this.#options;
    const { device: deviceId, message, drill } = publications[index]!;
    const channel = message === null ? 'heartbeat' : 'event';
    return deviceTopic({ county, deviceId, channel, run: drill ? run : null });
  }

  /** Empty for a heartbeat. The same bytes however often it is written. */
  payloadOf(index: number): string {
    const { message } = this.#options.publications[index]!;
    return message === null ? '' : JSON.stringify({ seq: index, ts: this.times[index], ...message });
  }
}

/** Length of the rest in as many bytes as it takes (MQTT 3.1.1 §2.2.3). */
function writeLength(target: Buffer, start: number, length: number): number {
  let at = start;
  let rest = length;
  do {
    target[at++] = (rest & 127) | (rest > 127 ? 128 : 0);
    rest >>>= 7;
  } while (rest > 0);
  return at;
}
