import type { Principal } from './admission/principals.ts';
import { mayPublishAs } from './admission/topic-permission.ts';
import type { Refusal } from './codecs/codec.ts';
import type { CodecRegistry } from './codecs/codec-registry.ts';
import { EventDelivery, SharedOrigin } from './delivery.ts';
import { clockToleranceMs, type DeviceEvent } from './device-event.ts';
import type { DeviceIndex } from './device-index.ts';
import type { IntakeQueue } from './intake-queue.ts';
import { readTopic } from './read-topic.ts';

/** A message out of quarantine, as it was received. */
export interface KeptMessage {
  topic: string;
  payload: Buffer;
  retained: boolean;
  receivedAt: number;
  /** Its way in from now on, by which the writer's own quarantine can be told from the first. */
  source: string;
  /** Who sent it, if that principal still stands. */
  principal: Principal | null;
}

/**
 * - `stored`: its events are stored, or were there already.
 * - `nothing`: it is understood now, and holds nothing to store.
 * - `refused`, `not-authorised`: it stays where it is.
 */
export type ReprocessOutcome =
  | { outcome: 'stored' | 'nothing' | 'not-authorised' }
  | { outcome: 'refused'; refusal: Refusal };

export interface ReprocessorOptions {
  codecs: CodecRegistry;
  queue: IntakeQueue;
  devices: DeviceIndex;
  clock: () => number;
}

/**
 * Sends kept messages once more the way that all messages go: codec, permission, queue, writer. Nothing is touched
 * as seen, since nobody spoke now. A native topic was permitted when it came; a foreign message, whose device was
 * not known then, is judged by what its sender may do today.
 *
 * An event keeps the time at which it was received. When that is longer ago than the tolerance it is late: its
 * alarm is raised all the same, for nobody has looked at it yet, and says in its first reasons how old it is; an
 * old "all is well" does not end an alarm that was raised after it.
 */
export class Reprocessor {
  readonly #options: ReprocessorOptions;

  constructor(options: ReprocessorOptions) {
    this.#options = options;
  }

  async message(kept: KeptMessage): Promise<ReprocessOutcome> {
    const topic = readTopic(kept.topic);
    const { devices, codecs } = this.#options;
    const codec = topic.run === '' ? null : codecs.codecFor(topic);
    if (codec === null) return refused({ reason: 'unknown-topic', detail: 'no codec speaks it' });
    const isRegistered = (deviceId: string) => devices.numberOf(deviceId) >= 0;
    const decoded = codec.decode({ ...kept, topic, delayed: true }, isRegistered);
    const { events, refusal } = decoded;
    if (refusal !== undefined) return refused(refusal);
    const foreign = topic.address === null;
    if (foreign && !events.every((event) => mayReprocess(kept.principal, event.deviceId)))
      return { outcome: 'not-authorised' };
    const outcome = await this.events(events);
    decoded.stored?.();
    return outcome;
  }

  /** Events that were decoded before and could not be stored or decided on then. */
  async events(events: readonly DeviceEvent[]): Promise<ReprocessOutcome> {
    if (events.length === 0) return { outcome: 'nothing' };
    const { queue, clock, devices } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const origin = new SharedOrigin({ stored: () => resolve() }, events.length);
    const now = clock();
    for (const event of events) {
      const late = event.late || now - event.receivedAt > clockToleranceMs;
      queue.push(new EventDelivery({ ...event, late }, devices.numberOf(event.deviceId), origin, 0));
    }
    await promise;
    return { outcome: 'stored' };
  }
}

function mayReprocess(principal: Principal | null, deviceId: string): boolean {
  return principal !== null && mayPublishAs(principal, principal.county, deviceId);
}

function refused(refusal: Refusal): ReprocessOutcome {
  return { outcome: 'refused', refusal };
}
