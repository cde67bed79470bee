import { z } from 'zod';

const name = z.union([z.string(), z.number()]).nullish();

/** Fields of a product, by the names that its model gives them. */
export const carrierFields = z.record(z.string(), z.unknown());

/**
 * A message that CTWing 天翼物联 pushes. `timestamp` is the platform's, in ms since 1970; `IMEI` and `IMSI` are the
 * word `undefined` when it has none.
 */
export const ctwingMessage = z.looseObject({
  messageType: z.string(),
  productId: name,
  deviceId: name,
  IMEI: name,
  imei: name,
  timestamp: z.union([z.string(), z.number()]).nullish(),
  payload: carrierFields.nullish(),
  eventContent: carrierFields.nullish(),
});
export type CtwingMessage = z.infer<typeof ctwingMessage>;
