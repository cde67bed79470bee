import { seededRandom } from '../estate/seeded-random.ts';

export interface MessagePlanOptions {
  /** How many devices there are. */
  devices: number;
  connections: number;
  seed: string;
  /** Part of all messages that are alarms, such as 0.01. */
  alarmShare: number;
  /** Part of all messages that come twice. */
  redeliver: number;
  /** `seq` of each device's first message. */
  firstSeq: number;
}

/** One message. A single one is filled again and again: none is made for each. */
export interface PlannedMessage {
  device: number;
  seq: number;
  alarm: boolean;
  /** Signal strength, 40 to 99 below zero. dBm. */
  weakness: number;
  /** It comes a second time: right behind itself, or once it was acknowledged, as if the PUBACK was lost. */
  again: 'never' | 'at-once' | 'after';
}

/**
 * What is said, by whom, in which order. Everything follows from the seed and from a message's place (connection,
 * and number on that connection from 0), so nothing is kept for each message and nothing depends on timing.
 *
 * A device belongs to one connection, which goes round its devices in a shuffled order: `seq` counts the rounds.
 * In each of the first `1 / alarmShare` rounds another part of the devices alarms, so that no device ever
 * alarms twice, and after those rounds nobody does.
 */
export class MessagePlan {
  readonly #options: MessagePlanOptions;
  readonly #order: Uint32Array;
  readonly #salt: number;
  /** Rounds until every device had its alarm; 0: nobody alarms. */
  readonly #alarmRounds: number;
  readonly #redeliverBelow: number;

  constructor(options: MessagePlanOptions) {
    const { devices, seed, alarmShare, redeliver } = options;
    this.#options = options;
    this.#order = shuffled(devices, seed);
    this.#salt = Math.floor(seededRandom(`${seed}/messages`).next() * 2 ** 32);
    this.#alarmRounds = alarmShare > 0 ? Math.round(1 / alarmShare) : 0;
    this.#redeliverBelow = redeliver * 2 ** 32;
  }

  /** Devices that a connection speaks for. */
  devicesOf(connection: number): number {
    const { devices, connections } = this.#options;
    return Math.ceil((devices - connection) / connections);
  }

  /** Number of the device that is `turn`-th in a connection's round. */
  deviceAt(connection: number, turn: number): number {
    return this.#order[connection + turn * this.#options.connections]!;
  }

  /** `seq` in a connection's round, from 0. */
  seqIn(round: number): number {
    return this.#options.firstSeq + round;
  }

  /** The round in which a device alarms; -1: in none. */
  alarmRoundOf(device: number): number {
    return this.#alarmRounds === 0 ? -1 : mixed(this.#salt, device) % this.#alarmRounds;
  }

  /** The message at a place, into `message`. */
  read(connection: number, place: number, message: PlannedMessage): void {
    const devices = this.devicesOf(connection);
    const round = Math.floor(place / devices);
    const device = this.deviceAt(connection, place % devices);
    const seq = this.seqIn(round);
    const luck = mixed(mixed(this.#salt ^ 0x5bd1e995, device), seq);
    message.device = device;
    message.seq = seq;
    message.alarm = round === this.alarmRoundOf(device);
    message.weakness = 40 + (luck % 60);
    message.again = mixed(luck, 7) >= this.#redeliverBelow ? 'never' : (luck & 1) === 0 ? 'at-once' : 'after';
  }
}

function shuffled(length: number, seed: string): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i);
  const random = seededRandom(`${seed}/devices`);
  for (let i = length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** 32 well-mixed bits of two numbers (the finaliser of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
