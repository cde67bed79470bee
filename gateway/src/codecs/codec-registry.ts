import type { ReadTopic } from '../read-topic.ts';
import type { Codec } from './codec.ts';
import { ctwingCodec } from './ctwing-codec.ts';
import { nativeCodec } from './native-codec.ts';
import { oneNetCodec } from './onenet-codec.ts';

/** Every dialect that the gateway speaks; the first that matches a topic decodes it. */
const codecs: readonly Codec[] = [nativeCodec, ctwingCodec, oneNetCodec];

/** The codec of a topic, or null when nobody speaks it. */
export function codecFor(topic: ReadTopic): Codec | null {
  for (const codec of codecs) if (codec.matches(topic)) return codec;
  return null;
}
