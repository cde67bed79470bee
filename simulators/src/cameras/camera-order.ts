import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import { z } from 'zod';
import { cameraSpeeches, sightings } from './camera-speech.ts';
import { type Picture, pictures } from './clip-names.ts';
import { type CourseChange, faults } from './course.ts';

/**
 * What `POST /control/{camera}` takes. `picture`: what it sees from now on. `fault`: `stall` (the playlist stands),
 * `freeze` (the picture stands while time goes on), `drop` (connections are cut), `no-signal` (a playlist without a
 * picture); null mends it. `lagSeconds`: its picture is so late. `tell`: publishes over MQTT that it begins or ceases
 * to see something.
 */
export const cameraOrder = z.strictObject({
  picture: z.enum(pictures).optional(),
  fault: z.enum(faults).nullable().optional(),
  lagSeconds: z.number().min(0).max(3600).optional(),
  tell: z
    .strictObject({
      kind: z.enum(sightings),
      begins: z.boolean().default(true),
      in: z.enum(cameraSpeeches).default('native'),
      confidence: z.number().min(0).max(1).default(0.9),
    })
    .optional(),
});
export type CameraOrder = z.infer<typeof cameraOrder>;

/** What of an order is about the picture. */
export function changeOf({ picture, fault, lagSeconds }: CameraOrder): CourseChange {
  return { picture, fault, lagSeconds };
}

/** The order by which a camera shows what it says natively that it sees; null: its picture has nothing to do with it. */
export function orderAfter({ kind, state }: DeviceMessage): { picture: Picture } | null {
  if (kind !== 'camera.fire' && kind !== 'camera.smoke') return null;
  if (state === 'normal') return { picture: 'normal' };
  return { picture: kind === 'camera.fire' ? 'fire' : 'smoke' };
}

/** Orders a camera of a running {@link CameraServer} at `url`, such as `http://127.0.0.1:8888`. */
export async function orderCamera(
  url: string,
  camera: string,
  order: z.input<typeof cameraOrder>,
): Promise<void> {
  const response = await fetch(new URL(`/control/${encodeURIComponent(camera)}`, url), {
    method: 'POST',
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`${camera} was not ordered: ${await response.text()}`);
}
