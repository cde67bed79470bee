import type { CameraCard } from '@fenghuo/contracts/cameras.ts';
import type { PlaceName } from '@fenghuo/contracts/push.ts';
import { type Translate, useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import type { ShownCamera } from './choose-cameras.ts';

const noPlaces: readonly PlaceName[] = [];

/** The village or township that a camera stands in: the smallest area that has a name. */
function areaOf({ area }: Pick<CameraCard, 'area'>, places: readonly PlaceName[]): PlaceName | undefined {
  return places
    .filter(({ code, level }) => level !== 'county' && area.startsWith(code))
    .toSorted((a, b) => b.code.length - a.code.length)[0];
}

/**
 * Where a camera is: floor and room, else the village, and whether it looks at the scene; and how far from it. A patrol
 * looks at no scene: nothing is faced, and the distance is to the village.
 */
export function useCameraWords(camera: ShownCamera, patrol: boolean): { place: string; distance: string } {
  const { t, say } = useLanguage();
  const places = useStation((station) => station.world?.places) ?? noPlaces;
  const area = areaOf(camera, places);
  const inside = [floorOf(camera, t), camera.room ?? ''].filter((part) => part !== '').join(' ');
  const where = inside || (area === undefined ? '' : say(area.name));
  const { toPlace } = camera;
  const faces = patrol || toPlace === null ? '' : t(toPlace.sees ? 'video.facing' : 'video.away');
  return {
    place: [where, faces].filter((part) => part !== '').join(' · '),
    distance: toPlace === null ? '' : t('video.metres', { metres: Math.round(toPlace.metres) }),
  };
}

/** A room that begins with the number of its floor, such as 3 层走廊, needs no floor beside it. */
function floorOf({ floor, room }: CameraCard, t: Translate): string {
  if (floor === null || new RegExp(`^${floor}(?!\\d)`).test(room ?? '')) return '';
  return t('video.floor', { floor });
}
