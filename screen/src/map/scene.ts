import type { PlaceName } from '@fenghuo/contracts/push.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { FeatureCollection } from 'geojson';
import type { Language } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import type { MapIncident } from './alarm-marks.ts';
import type { FoldedPlace } from './draw-folded.ts';
import type { MapName } from './draw-names.ts';
import { neighbourNames } from './neighbour-names.ts';

/** The incidents that can be drawn: those with a place. */
export function mapIncidents(open: readonly OpenIncident[], say: (words: Words) => string): MapIncident[] {
  return open.flatMap(({ incident, unacknowledged }) => {
    const { id, lon, lat, severity, run, openedAt } = incident;
    if (lon === null || lat === null) return [];
    return [
      { id, lon, lat, severity, drill: run !== null, unacknowledged, openedAt, place: say(incident.place) },
    ];
  });
}

/** The folded ones that can be drawn. */
export function foldedPlaces(folded: readonly OpenIncident[]): FoldedPlace[] {
  return folded.flatMap(({ incident: { lon, lat } }) => (lon === null || lat === null ? [] : [{ lon, lat }]));
}

/** Township names, then the neighbours'. On a map a township is named without 镇 or 街道. */
export function mapNames(
  places: readonly PlaceName[],
  neighbours: FeatureCollection,
  language: Language,
): MapName[] {
  const inLanguage = (name: Words) => (language === 'en' ? name.en || name.zh : name.zh);
  const townships = places
    .filter((place) => place.level === 'township')
    .map(({ code, name, lon, lat }) => ({
      id: code,
      text: inLanguage(name).replace(/(街道|镇|乡)$/, ''),
      lon,
      lat,
      kind: 'township' as const,
    }));
  const around = neighbourNames(neighbours).map(({ name, lon, lat }) => ({
    id: `neighbour-${name.zh}`,
    text: inLanguage(name),
    lon,
    lat,
    kind: 'neighbour' as const,
  }));
  return [...townships, ...around];
}
