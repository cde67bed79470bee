import { z } from 'zod';

const identity = {
  /** The same however many gateways heard it. */
  deduplicationId: z.string().min(1).max(128),
  time: z.iso.datetime({ offset: true }).nullish(),
  deviceInfo: z
    .object({
      deviceName: z.string().max(200).nullish(),
      tags: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
};

/** ChirpStack v4, `…/event/up`: `object` only where a codec runs there. Unknown fields are ignored. */
export const chirpStackUplink = z.object({
  ...identity,
  fPort: z.number().nullish(),
  /** Base64. */
  data: z.string().nullish(),
  object: z.record(z.string(), z.json()).nullish(),
});
export type ChirpStackUplink = z.infer<typeof chirpStackUplink>;

/** `…/event/status`: `batteryLevel` in percent. */
export const chirpStackStatus = z.object({
  ...identity,
  batteryLevel: z.number().nullish(),
  margin: z.number().nullish(),
});
