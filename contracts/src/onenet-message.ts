import { z } from 'zod';

const name = z.union([z.string(), z.number()]).nullish();
const time = z.union([z.string(), z.number()]).nullish();

/** A message of the older OneNET platform: `type` 1 data point, 2 online or offline, 7 answer to a command. */
export const oneNetPoint = z.looseObject({
  type: z.union([z.string(), z.number()]).transform(Number),
  dev_id: name,
  imei: name,
  ds_id: z.string().optional(),
  at: time,
});

/** A message of the newer OneNET platform, of a thing model 物模型. Times in ms since 1970. */
export const oneNetThing = z.looseObject({
  messageType: z.string(),
  notifyType: z.string().optional(),
  deviceName: name,
  deviceId: name,
  imei: name,
  deviceInfo: z.looseObject({ deviceName: name, deviceId: name, imei: name }).nullish(),
  data: z
    .looseObject({
      id: name,
      params: z.record(z.string(), z.looseObject({ value: z.unknown(), time })).nullish(),
    })
    .nullish(),
});
