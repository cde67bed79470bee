import type { ProtocolVersion } from './control-packet.ts';
import type { Qos } from './publish-packet.ts';
import { type CloseReason, code } from './reason-codes.ts';
import { type Reply, reply } from './replies.ts';

/** Ids of QoS 2 that a client may leave unreleased, in windows. */
const unreleasedWindows = 4;

/**
 * What one sender has in flight towards us, and what it is to be told about each message (MQTT §4.3).
 *
 * QoS 1: PUBACK when it is stored. QoS 2: PUBREC when it is stored; the id is remembered until PUBREL, so a
 * PUBLISH repeated in between is answered again and not received again. (Method A of MQTT 3.1.1 figure 4.3
 * with the store before PUBREC: a crash between the two is met by the event's identity.)
 */
export class InboundWindow {
  /** Received and not stored, of any QoS: what the sender costs us. */
  unstored = 0;
  /** Counts against receive maximum: QoS 1 without PUBACK, QoS 2 without PUBCOMP (MQTT 5 §3.3.4). */
  unacknowledged = 0;
  readonly #size: number;
  readonly #version: ProtocolVersion;
  /** Ids of QoS 2 before PUBREL; true once stored. Made when first needed: most devices never use QoS 2. */
  #unreleased: Map<number, boolean> | null = null;

  constructor(size: number, version: ProtocolVersion) {
    this.#size = size;
    this.#version = version;
  }

  /** A PUBLISH that came before: what to say to it, if anything yet. Undefined: it is new. */
  repeated(qos: Qos, packetId: number): Reply | null | undefined {
    if (qos !== 2) return undefined;
    const stored = this.#unreleased?.get(packetId);
    if (stored === undefined) return undefined;
    return stored ? reply(5, packetId) : null;
  }

  /** Why one more PUBLISH would break the protocol, or null. */
  violation(qos: Qos): CloseReason | null {
    if (qos === 0) return null;
    if (this.#version === 5 && this.unacknowledged >= this.#size) return 'receive-maximum-exceeded';
    const unreleased = this.#unreleased?.size ?? 0;
    return qos === 2 && unreleased >= this.#size * unreleasedWindows ? 'quota-exceeded' : null;
  }

  /** A new message goes to the intake. */
  received(qos: Qos, packetId: number): void {
    if (qos > 0) this.unacknowledged++;
    if (qos === 2) {
      this.#unreleased ??= new Map();
      this.#unreleased.set(packetId, false);
    }
  }

  /** It is stored, or needs no storing. */
  settled(qos: Qos, packetId: number): Reply | null {
    if (qos === 0) return null;
    if (qos === 2) {
      this.#unreleased!.set(packetId, true);
      return reply(5, packetId);
    }
    this.unacknowledged--;
    return reply(4, packetId);
  }

  /** It is not taken; for MQTT 5, which can be told so. */
  refused(qos: Qos, packetId: number): Reply | null {
    if (qos === 0) return null;
    this.unacknowledged--;
    this.#unreleased?.delete(packetId);
    return reply(qos === 1 ? 4 : 5, packetId, code.notAuthorised);
  }

  /** PUBREL: PUBCOMP, or null when the sender releases what it was never told is here. */
  released(packetId: number): Reply | null {
    const stored = this.#unreleased?.get(packetId);
    if (stored === false) return null;
    if (stored === undefined) return reply(7, packetId, this.#version === 5 ? code.packetIdNotFound : 0);
    this.#unreleased!.delete(packetId);
    this.unacknowledged--;
    return reply(7, packetId);
  }
}
