import type { Codec } from './codec.ts';
import { ctwingCodec } from './ctwing-codec.ts';
import { nativeCodec } from './native-codec.ts';
import { oneNetCodec } from './onenet-codec.ts';

/** Every dialect that the gateway speaks; the first that matches a topic decodes it. */
const codecs: readonly Codec[] = [nativeCodec, ctwingCodec, oneNetCodec];

/** The codec of a topic (without a drill's prefix), or null when nobody speaks it. */
export function codecFor(topic: string): Codec | null {
  return codecs.find((codec) => codec.matches(topic)) ?? null;
}
