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

/** Where a camera is: floor and room, else the village; and how it stands to the place that is looked at. */
export function useCameraWords(camera: ShownCamera): { place: string; stands: string } {
  const { t, say } = useLanguage();
  const places = useStation((station) => station.world?.places) ?? noPlaces;
  const area = areaOf(camera, places);
  const inside = [floorOf(camera, t), camera.room ?? ''].filter((part) => part !== '').join(' ');
  return { place: inside || (area === undefined ? '' : say(area.name)), stands: standsOf(camera, t) };
}

const floorOf = ({ floor }: CameraCard, t: Translate) => (floor === null ? '' : t('video.floor', { floor }));

function standsOf({ toPlace }: ShownCamera, t: Translate): string {
  if (toPlace === null) return '';
  const metres = Math.round(toPlace.metres);
  return t(toPlace.sees ? 'video.facing' : 'video.away', { metres });
}
