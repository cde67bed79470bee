import { z } from 'zod';
import { reportedKinds, reportedStates } from './words.ts';

/** Largest MQTT payload that is read; a larger one is refused with reason `oversized`. Bytes. */
export const maxPayloadBytes = 64 * 1024;

/**
 * The native payload of `fenghuo/v1/{county}/{deviceId}/event`, JSON in UTF-8. Unknown fields are ignored.
 * `ts` is RFC 3339 with an offset, or milliseconds since 1970. An absent `state` means `alarm` for a kind
 * that is a hazard, `normal` for `restore`, `test` for `test`, `fault` for `fault`, `tamper` and `battery`.
 */
export const deviceMessage = z.object({
  id: z.string().min(1).max(128).optional(),
  seq: z.int().min(0).optional(),
  ts: z.union([z.iso.datetime({ offset: true }), z.number().min(0)]).optional(),
  kind: z.enum(reportedKinds),
  value: z.number().optional(),
  unit: z.string().max(32).optional(),
  state: z.enum(reportedStates).optional(),
  attrs: z.record(z.string(), z.json()).optional(),
});
export type DeviceMessage = z.infer<typeof deviceMessage>;
