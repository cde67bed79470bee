import type { FoundPlace, ReportPlace } from '@fenghuo/contracts/intake.ts';

/** A place as the form holds it: `village` with coordinates of its own and no area is a point. */
const pointId = 'point';

/** Coordinates that somebody reads out or pastes, longitude first: 121.37, 28.49. Null: it is no such text. */
export function placeOfText(text: string): FoundPlace | null {
  const found = /^\s*(\d{2,3}\.\d{2,})\s*[,，\s]\s*(\d{1,2}\.\d{2,})\s*$/.exec(text);
  if (found === null) return null;
  const [lon, lat] = [Number(found[1]), Number(found[2])];
  return lon > 180 || lat > 90 ? null : placeAtPoint(lon, lat);
}

/** A point, to a metre. */
export function placeAtPoint(lon: number, lat: number): FoundPlace {
  const name = `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
  const at = { lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) };
  return {
    kind: 'village',
    id: pointId,
    name: { zh: name, en: name },
    around: { zh: '', en: '' },
    area: '',
    ...at,
  };
}

/** How a report names a place that was chosen. */
export function reportPlaceOf({ kind, id, area, lon, lat }: FoundPlace, floor: number | null): ReportPlace {
  if (id === pointId && lon !== null && lat !== null) return { by: 'point', lon, lat };
  switch (kind) {
    case 'building':
      return { by: 'building', building: id, floor };
    case 'camera':
      return { by: 'camera', camera: id };
    case 'village':
    case 'township':
      return { by: 'area', area };
  }
}

/** The query by which incidents are compared with it. */
export function matchQueryOf(place: ReportPlace): string {
  switch (place.by) {
    case 'building':
      return `building=${encodeURIComponent(place.building)}`;
    case 'camera':
      return `camera=${encodeURIComponent(place.camera)}`;
    case 'area':
      return `area=${encodeURIComponent(place.area)}`;
    case 'point':
      return `lon=${place.lon}&lat=${place.lat}`;
  }
}
