import { eventKinds, reportedStates } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { z } from 'zod';

/** An event as the writer set it aside: JSON, its identity in digits. */
const keptEvent = z.object({
  deviceId: z.string().min(1),
  run: z.string().nullable(),
  at: z.number(),
  hasDeviceTime: z.boolean(),
  ident: z.string().regex(/^-?\d{1,19}$/),
  kind: z.enum(eventKinds),
  state: z.enum(reportedStates),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  attrs: z.record(z.string(), z.unknown()).nullable(),
  receivedAt: z.number(),
  late: z.boolean(),
  skewed: z.boolean(),
  retained: z.boolean(),
});

/** The event that the writer set aside, coming in by `source`; null when nothing of it could be kept. */
export function readKeptEvent(bytes: Buffer, source: string): DeviceEvent | null {
  const { data } = keptEvent.safeParse(parse(bytes.toString('utf8')));
  if (data === undefined) return null;
  return { ...data, ident: BigInt.asIntN(64, BigInt(data.ident)), delayed: true, source };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
