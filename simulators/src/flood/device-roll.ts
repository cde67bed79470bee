import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import type { DeviceType, EventKind } from '@fenghuo/contracts/words.ts';
import { readEstate } from '../read-estate.ts';

/** What a detector measures, and in what. */
export const floodKinds = ['smoke', 'heat', 'co', 'gas', 'water', 'current', 'pressure', 'manual'] as const;
export type FloodKind = Extract<EventKind, (typeof floodKinds)[number]>;

export interface FloodDevice {
  id: string;
  kind: FloodKind;
}

/**
 * The devices that a flood speaks for, their topics as bytes in one piece: 170,000 take 8 MB, and none is a
 * string while messages are written.
 */
export class DeviceRoll {
  readonly ids: readonly string[];
  /** Topics, one after the other; that of device `i` lies from `ends[i - 1]` (0 for the first) to `ends[i]`. */
  readonly topics: Buffer;
  readonly ends: Uint32Array;
  /** Index into {@link floodKinds}. */
  readonly kinds: Uint8Array;

  constructor(county: string, devices: readonly FloodDevice[]) {
    const topics = devices.map(({ id }) =>
      deviceTopic({ county, deviceId: id, channel: 'event', run: null }),
    );
    this.ids = devices.map(({ id }) => id);
    this.topics = Buffer.from(topics.join(''));
    this.kinds = Uint8Array.from(devices, ({ kind }) => floodKinds.indexOf(kind));
    this.ends = new Uint32Array(devices.length);
    let end = 0;
    for (const [i, topic] of topics.entries()) {
      end += Buffer.byteLength(topic);
      this.ends[i] = end;
    }
  }

  get size(): number {
    return this.ids.length;
  }
}

const isFloodKind = (type: DeviceType): type is FloodKind => floodKinds.includes(type as FloodKind);

/** Every detector of an estate folder, in its order; cameras and concentrators measure nothing. */
export async function rollOfEstate(folder: string): Promise<DeviceRoll> {
  const { county, devices } = await readEstate(folder);
  const detectors = devices.flatMap(({ id, type }) => (isFloodKind(type) ? [{ id, kind: type }] : []));
  return new DeviceRoll(county.code, detectors);
}

/** Invented smoke detectors `{prefix}000001` and so on. */
export function rollOfPrefix(county: string, prefix: string, count: number): DeviceRoll {
  const digits = Math.max(6, String(count).length);
  const id = (i: number) => `${prefix}${String(i + 1).padStart(digits, '0')}`;
  return new DeviceRoll(
    county,
    Array.from({ length: count }, (_, i) => ({ id: id(i), kind: 'smoke' })),
  );
}
