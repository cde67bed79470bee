import type { CameraCard, NearCameras } from '@fenghuo/contracts/cameras.ts';

/** A camera to be shown, and how it stands to the place that is looked at; null: it was pinned by hand. */
export interface ShownCamera extends CameraCard {
  toPlace: { metres: number; bearing: number; sees: boolean } | null;
}

/** The tiles: what was pinned stands first and stays, then the nearest that look there. One without a source comes last. */
export function chooseCameras(
  near: NearCameras['cameras'],
  pinned: readonly CameraCard[],
  most: number,
): ShownCamera[] {
  const stands = new Map(
    near.map(({ id, metres, bearing, sees }) => [id, { metres, bearing, sees }] as const),
  );
  const held = new Set(pinned.map(({ id }) => id));
  const others = near.filter(({ id }) => !held.has(id));
  const withSource = others.filter(({ live }) => live !== null);
  const without = others.filter(({ live }) => live === null);
  return [...pinned, ...withSource, ...without]
    .slice(0, most)
    .map((camera) => ({ ...camera, toPlace: stands.get(camera.id) ?? null }));
}
