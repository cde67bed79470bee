import { maxPayloadBytes } from '@fenghuo/contracts/device-message.ts';
import type { DeviceTopic } from '@fenghuo/contracts/topics.ts';
import type { Principal } from './admission/principals.ts';
import type { RefusalJournal } from './admission/refusal-journal.ts';
import { mayPublishAs, mayPublishOn } from './admission/topic-permission.ts';
import type { CodecInput, Decoded, Refusal } from './codecs/codec.ts';
import type { CodecRegistry } from './codecs/codec-registry.ts';
import { EventDelivery, type Origin, RefusedDelivery, RememberingOrigin, SharedOrigin } from './delivery.ts';
import type { DeviceIndex } from './device-index.ts';
import type { GatewayTallies } from './gateway-tallies.ts';
import type { IntakeQueue } from './intake-queue.ts';
import type { DeviceClocks } from './liveness/device-clocks.ts';
import type { LastSeen } from './liveness/last-seen.ts';

/** A message as a source received it. */
export interface Incoming extends CodecInput {
  principal: Principal;
  origin: Origin;
  token: number;
}

/**
 * - `queued`: `origin.stored(token)` follows once it is stored.
 * - `done`: nothing to store (a heartbeat, or understood and empty): acknowledge now.
 * - `not-authorised`: counted and logged once; not stored, so that nobody can fill the database by it.
 */
export type Outcome = 'queued' | 'done' | 'not-authorised';

const nothing = () => {};

type Understood = Extract<Decoded, { refusal?: undefined }>;

export interface IntakeOptions {
  codecs: CodecRegistry;
  queue: IntakeQueue;
  lastSeen: LastSeen;
  devices: DeviceIndex;
  clocks: DeviceClocks;
  tallies: GatewayTallies;
  journal: RefusalJournal;
}

/** From an admitted connection's message to the queue: permission, liveness, decoding. All sources share it. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #isRegistered = (deviceId: string) => this.#options.devices.numberOf(deviceId) >= 0;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  receive(message: Incoming): Outcome {
    const { principal, topic } = message;
    this.#options.tallies.received++;
    if (!mayPublishOn(principal, topic)) return this.#notAuthorised(message);
    if (topic.address?.channel === 'heartbeat') return this.#heartbeat(message, topic.address);
    const codec = this.#options.codecs.codecFor(topic);
    if (codec?.passesOver?.(topic) === true) return 'done';
    if (message.payload.length > maxPayloadBytes)
      return this.#quarantine(message, { reason: 'oversized', detail: `${message.payload.length} bytes` });
    if (codec === null)
      return this.#quarantine(message, { reason: 'unknown-topic', detail: 'no codec speaks it' });
    const decoded = codec.decode(message, this.#isRegistered);
    if (decoded.refusal !== undefined) return this.#quarantine(message, decoded.refusal);
    return this.#accept(message, decoded);
  }

  /** Queues what ended by itself; nobody waits for it, and it is not told again after a crash. */
  lapse(now: number): void {
    const { codecs, queue, devices } = this.#options;
    for (const { events = [], stored = nothing } of codecs.lapsed(now))
      for (const event of events)
        queue.push(new EventDelivery(event, devices.numberOf(event.deviceId), { stored }, 0));
  }

  #accept(message: Incoming, { events, heard, stored }: Understood): Outcome {
    const { principal, topic } = message;
    const foreign = topic.address === null;
    if (foreign && !events.every((event) => mayPublishAs(principal, principal.county, event.deviceId)))
      return this.#notAuthorised(message);
    if (heard !== undefined) this.#noteHeard(message, heard);
    if (events.length === 0) return 'done';
    const told = stored === undefined ? message.origin : new RememberingOrigin(message.origin, stored);
    const origin = events.length === 1 ? told : new SharedOrigin(told, events.length);
    for (const event of events) {
      const deviceNo = this.#touch(message, event.deviceId);
      if (event.run === null) this.#options.clocks.note(deviceNo, event);
      const delivery = new EventDelivery(event, deviceNo, origin, message.token);
      this.#options.queue.push(delivery, message.payload.length);
    }
    return 'queued';
  }

  /** A gateway that speaks for its devices need not be one that its principal speaks for. */
  #noteHeard(message: Incoming, heard: readonly string[]): void {
    const { principal } = message;
    for (const deviceId of heard)
      if (mayPublishAs(principal, principal.county, deviceId)) this.#touch(message, deviceId);
  }

  #heartbeat(message: Incoming, address: DeviceTopic): Outcome {
    this.#options.tallies.heartbeats++;
    this.#touch(message, address.deviceId);
    return 'done';
  }

  /**
   * Notes that a device lives; its number. A drill touches nothing live, and a relayed retained message is no sign
   * of life. A device that speaks for itself lives, whatever RETAIN says.
   */
  #touch({ principal, topic, retained, receivedAt }: Incoming, deviceId: string): number {
    const deviceNo = this.#options.devices.numberOf(deviceId);
    const lives = topic.run === null && (!retained || principal.kind === 'device');
    if (lives) this.#options.lastSeen.touch(deviceNo, receivedAt);
    return deviceNo;
  }

  #quarantine(message: Incoming, { reason, detail }: Refusal): Outcome {
    const { tallies, queue } = this.#options;
    tallies.refused[reason]++;
    const refused = {
      reason,
      source: message.source,
      principal: message.principal.name,
      topic: message.topic.full,
      retained: message.retained,
      bytes: Uint8Array.from(message.payload),
      detail,
      receivedAt: message.receivedAt,
    };
    const bytes = message.payload.length + message.topic.full.length;
    queue.push(new RefusedDelivery(refused, message.origin, message.token), bytes);
    return 'queued';
  }

  #notAuthorised({ principal, topic, receivedAt }: Incoming): Outcome {
    const { tallies, journal } = this.#options;
    tallies.refused['not-authorised']++;
    journal.refused(principal.name, 'not-authorised', receivedAt, { topic: topic.full });
    return 'not-authorised';
  }
}
