import type { StandingDevice } from '../read-estate.ts';
import { type SceneName, sceneNames } from './clip-names.ts';

/** An even number from an id: the same camera shows the same place after a restart. FNV-1a. */
export function numberFrom(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** What a camera of which nothing is known but its id looks at. */
export function sceneOfId(id: string): SceneName {
  return sceneNames[numberFrom(id) % sceneNames.length]!;
}

/** What a camera looks at, by where it hangs. */
export function sceneOf({ id, building, floor, room }: StandingDevice): SceneName {
  if (building === null) return 'street';
  if (room === '正门') return 'street';
  if (room === '后门') return 'car-park';
  if (floor !== null && floor < 0) return 'car-park';
  switch (building.use) {
    case 'market':
      return 'market';
    case 'factory':
    case 'warehouse':
    case 'farm':
      return 'warehouse';
    case 'residential':
    case 'high-rise':
    case 'school':
    case 'hospital':
      return numberFrom(id) % 3 === 0 ? 'stairwell' : 'corridor';
  }
}
