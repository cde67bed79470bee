import type { MovingTeam } from '@fenghuo/contracts/positions.ts';
import type { PlaceName } from '@fenghuo/contracts/push.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { FeatureCollection } from 'geojson';
import type { Language } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import type { MapIncident } from './alarm-marks.ts';
import { type AreaShading, withFigure } from './area-shading.ts';
import type { FoldedPlace } from './draw-folded.ts';
import type { MapName } from './draw-names.ts';
import type { TeamMark } from './draw-teams.ts';
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

/** Teams on the move. */
export function teamMarks(teams: readonly MovingTeam[], say: (words: Words) => string): TeamMark[] {
  return teams.map(({ ticket, lon, lat, at, name }, i) => ({
    id: `${ticket}-${i}`,
    lon,
    lat,
    at,
    name: say(name),
  }));
}

/** The folded ones that can be drawn. */
export function foldedPlaces(folded: readonly OpenIncident[]): FoldedPlace[] {
  return folded.flatMap(({ incident: { lon, lat } }) => (lon === null || lat === null ? [] : [{ lon, lat }]));
}

/**
 * Names of townships, of neighbours and of villages, those with a low figure first. On a map a township is named without
 * 镇 or 街道, a village without 村 or 社区, in English without “village” or “community”.
 */
export function mapNames(
  places: readonly PlaceName[],
  neighbours: FeatureCollection,
  language: Language,
  shading: AreaShading,
): MapName[] {
  const inLanguage = (name: Words) => (language === 'en' ? name.en || name.zh : name.zh);
  const named = (level: 'township' | 'village') =>
    places
      .filter((place) => place.level === level)
      .map(({ code, name, lon, lat }) => ({
        id: code,
        text: withFigure(
          shading,
          inLanguage(name).replace(/(街道|镇|乡|村|社区| village| community)$/, ''),
          code,
        ),
        lon,
        lat,
        kind: level,
      }));
  const figureOf = ({ id }: { id: string }) => shading.figures.get(id) ?? 100;
  const villages = named('village').sort((a, b) => figureOf(a) - figureOf(b));
  const around = neighbourNames(neighbours).map(({ name, lon, lat }) => ({
    id: `neighbour-${name.zh}`,
    text: inLanguage(name),
    lon,
    lat,
    kind: 'neighbour' as const,
  }));
  return [...named('township'), ...around, ...villages];
}
