import { isTopicFilter } from '@fenghuo/contracts/topics.ts';
import type { ReadTopic } from '../read-topic.ts';
import { chirpStack } from './chirpstack-codec.ts';
import type { Codec, Decoded } from './codec.ts';
import { ctwingCodec } from './ctwing-codec.ts';
import type { Dialect } from './dialect.ts';
import { type ForeignMemory, foreignCodec, lapsed } from './foreign-codec.ts';
import type { ForeignIdentities } from './foreign-identities.ts';
import { ForeignStates } from './foreign-states.ts';
import { frigate } from './frigate-codec.ts';
import { gb26875 } from './gb26875-codec.ts';
import { homeAssistant } from './home-assistant-codec.ts';
import { Lapses } from './lapses.ts';
import { nativeCodec } from './native-codec.ts';
import { oneNetCodec } from './onenet-codec.ts';
import { onvif } from './onvif-codec.ts';
import { sparkplug } from './sparkplug-codec.ts';
import { tasmota } from './tasmota-codec.ts';
import { zigbee2Mqtt } from './zigbee2mqtt-codec.ts';

/** Every dialect that the gateway speaks, with what it remembers of foreign devices. */
export class CodecRegistry {
  readonly #codecs: readonly Codec[];
  readonly #memory: ForeignMemory;

  constructor(identities: ForeignIdentities) {
    this.#memory = { identities, states: new ForeignStates(), lapses: new Lapses() };
    const foreign = foreignDialects().map((dialect) => foreignCodec(dialect, this.#memory));
    this.#codecs = [nativeCodec, ctwingCodec, oneNetCodec, ...foreign];
  }

  /** What foreign devices would not say: that a condition is over by itself. */
  lapsed(now: number): Decoded[] {
    return lapsed(this.#memory, now);
  }

  /** The codec of a topic, the first that matches; null when nobody speaks it. */
  codecFor(topic: ReadTopic): Codec | null {
    for (const codec of this.#codecs) if (codec.matches(topic)) return codec;
    return null;
  }
}

/** In the order in which they are asked: a topic that Home Assistant's discovery named is not Tasmota's. */
function foreignDialects(): readonly Dialect[] {
  return [gb26875, zigbee2Mqtt, frigate(), onvif, chirpStack, sparkplug(), homeAssistant(), tasmota];
}

/**
 * What a session with a broker subscribes to. Each of `wanted` is a dialect's name or a topic filter; null: one is
 * neither. Discovery names topics of anybody's choice, so those need filters of their own beside `homeassistant`.
 */
export function filtersOf(wanted: readonly string[]): readonly string[] | null {
  const known = new Map<string, readonly string[]>(
    foreignDialects().map(({ name, filters }) => [name, filters]),
  );
  const filters = wanted.flatMap(
    (one) => known.get(one) ?? (one.includes('/') && isTopicFilter(one) ? one : []),
  );
  const isRight = wanted.every((one) => known.has(one) || filters.includes(one));
  return isRight ? [...new Set(filters)] : null;
}
