import { type LiveTopics, type ReadTopic, readTopic } from '../../read-topic.ts';
import type { PublishView } from './publish-packet.ts';
import { readTopicName } from './publish-packet.ts';
import type { CloseReason } from './reason-codes.ts';

const noBytes = Buffer.alloc(0);
const noTopic = readTopic('');

/** Topics of one connection: mostly that of a known device, or the last one again. */
export class TopicReader {
  /** As last read. */
  topic: ReadTopic = noTopic;
  #bytes: Buffer = noBytes;
  readonly #live: LiveTopics;

  constructor(live: LiveTopics) {
    this.#live = live;
  }

  /** Reads the topic of the PUBLISH at hand; a reason when it is no topic name. */
  read(bytes: Buffer, { topicStart, topicEnd }: PublishView): CloseReason | null {
    const live = this.#live.read(bytes, topicStart, topicEnd);
    if (live !== null) {
      this.topic = live;
      this.#bytes = noBytes;
      return null;
    }
    const last = this.#bytes;
    if (last.length === topicEnd - topicStart && sameBytes(last, bytes, topicStart)) return null;
    const name = readTopicName(bytes, topicStart, topicEnd);
    if (name === null) return 'topic-name-invalid';
    this.#bytes = Buffer.from(bytes.subarray(topicStart, topicEnd));
    this.topic = readTopic(name);
    return null;
  }
}

/** From the end: topics of one county differ behind a long common part. */
function sameBytes(a: Buffer, b: Buffer, offset: number): boolean {
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[offset + i]) return false;
  return true;
}
