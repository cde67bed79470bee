import type { DemoStation } from '../station.ts';

/** A detector in each of many buildings, those beside each other far apart. */
export function firesOf(station: DemoStation): string[] {
  const buildings = [...Map.groupBy(station.smokeDetectors, ({ building }) => building).values()];
  const step = Math.floor(buildings.length / 80);
  return Array.from({ length: 80 }, (_, i) => buildings[((i * 37) % 80) * step]![0]!.id);
}

/** As the device says it, and until that is stored. */
export async function report(station: DemoStation, id: string, kind: string): Promise<void> {
  const message = JSON.stringify({ kind, value: 12, ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
}
