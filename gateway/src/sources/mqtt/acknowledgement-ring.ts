import { type Reply, reply } from './replies.ts';

/** What stands in the ring for a message that is settled and gets no answer: QoS 0. */
const silent = -1;

/**
 * Messages of one connection that are not acknowledged yet, in the order in which they came. The intake settles
 * them in any order (alarms before telemetry); PUBACKs leave in the order of the PUBLISHes (MQTT-4.6.0-2), so a
 * settled message waits for those before it.
 *
 * Three typed arrays and no object a message: 14 to 20 ns for a message in and out.
 */
export class AcknowledgementRing {
  readonly #mask: number;
  readonly #packetIds: Uint16Array;
  /** 0: not settled; {@link silent}; else the answer. */
  readonly #answers: Int32Array;
  /** By packet id: 1 while it is in the ring. */
  readonly #held = new Uint8Array(65_536);
  #front = 0;
  #next = 0;

  /** `capacity`: most messages at a time, rounded up to a power of two. */
  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(capacity));
    this.#mask = size - 1;
    this.#packetIds = new Uint16Array(size);
    this.#answers = new Int32Array(size);
  }

  /** Messages in the ring, of any QoS. */
  get size(): number {
    return this.#next - this.#front;
  }

  get isFrontSettled(): boolean {
    return this.size > 0 && this.#answers[this.#front & this.#mask] !== 0;
  }

  /**
   * The id is one that we have and have not acknowledged: the same message again (some brokers of 3.1.1 repeat
   * on a live connection). Answered twice, the second PUBACK could meet the id's next message, which is not stored.
   */
  holds(packetId: number): boolean {
    return this.#held[packetId] === 1;
  }

  /** A message came; `packetId` 0: QoS 0. The token is its name until it is settled. The ring has room. */
  add(packetId: number): number {
    const token = this.#next++;
    const at = token & this.#mask;
    this.#packetIds[at] = packetId;
    this.#answers[at] = 0;
    if (packetId !== 0) this.#held[packetId] = 1;
    return token;
  }

  /** The message is done with; `reason`: of its PUBACK (MQTT 5). */
  settle(token: number, reason = 0): void {
    const at = token & this.#mask;
    const packetId = this.#packetIds[at]!;
    this.#answers[at] = packetId === 0 ? silent : reply(4, packetId, reason);
  }

  /** Moves the answers that may leave into `replies`. */
  flush(replies: Reply[]): void {
    while (this.isFrontSettled) {
      const at = this.#front++ & this.#mask;
      const answer = this.#answers[at]!;
      if (answer === silent) continue;
      this.#held[this.#packetIds[at]!] = 0;
      replies.push(answer);
    }
  }
}
