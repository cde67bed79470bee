import type { IncidentMatch, ReportedThing } from '@fenghuo/contracts/intake.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import { liesIn } from '../registry/lies-in.ts';
import { addressTokens, plainText } from './plain-text.ts';

/** What somebody reports, as far as it is known while they speak. */
export interface Heard {
  now: number;
  run: string | null;
  what: ReportedThing | null;
  area: string | null;
  building: string | null;
  lon: number | null;
  lat: number | null;
  words: string;
}

/** A ground to believe that a report is of an incident, and what it weighs. */
interface Ground {
  points: number;
  because: Words;
  /** Alone it is worth an offer; the others only order what is offered. */
  places: boolean;
}

/** As far as smoke is seen from, metres. */
const sightM = 800;
const minute = 60_000;
/** What is older than this is told without a bonus for being recent. */
const recentMs = 60 * minute;
const most = 5;

/** Open incidents that what is heard may belong to, the likeliest first, each with its reasons. */
export function matchIncidents(heard: Heard, open: readonly IncidentRecord[]): IncidentMatch[] {
  const said = plainText(heard.words);
  return open
    .filter(({ run }) => run === heard.run)
    .map((incident) => ({ incident, grounds: groundsOf(heard, said, incident) }))
    .filter(({ grounds }) => grounds.some(({ places }) => places))
    .map(({ incident, grounds }) => matchOf(incident, grounds))
    .sort((a, b) => b.score - a.score || b.openedAt - a.openedAt || (a.incident < b.incident ? -1 : 1))
    .slice(0, most);
}

function matchOf(
  { id, caseCode, severity, title, place, openedAt }: IncidentRecord,
  grounds: Ground[],
): IncidentMatch {
  const score = grounds.reduce((sum, { points }) => sum + points, 0);
  const reasons = [...grounds].sort((a, b) => b.points - a.points).map(({ because }) => because);
  return {
    incident: id,
    caseCode,
    severity,
    title,
    place,
    openedAt,
    score: Math.min(100, Math.round(score)),
    reasons,
  };
}

function groundsOf(heard: Heard, said: string, incident: IncidentRecord): Ground[] {
  const found = [
    inPlace(heard, incident),
    inTime(heard, incident),
    inKind(heard, incident),
    inWords(said, incident),
  ];
  return found.filter((ground) => ground !== null);
}

function inPlace(heard: Heard, incident: IncidentRecord): Ground | null {
  if (heard.building !== null && heard.building === incident.building)
    return { points: 50, because: { zh: '同一建筑', en: 'same building' }, places: true };
  const metres = metresTo(heard, incident);
  if (metres !== null && metres <= sightM) {
    const shown = metres < 1000 ? Math.max(10, Math.round(metres / 10) * 10) : metres;
    return {
      points: 45 - (metres / sightM) * 25,
      because: { zh: `相距 ${shown} 米`, en: `${shown} m away` },
      places: true,
    };
  }
  const village = incident.area.slice(0, 12);
  if (heard.area === null || heard.lon !== null || village.length < 12) return null;
  if (!liesIn(heard.area, village)) return null;
  return { points: 20, because: { zh: '同一村社', en: 'same village' }, places: true };
}

function metresTo({ lon, lat }: Heard, incident: IncidentRecord): number | null {
  if (lon === null || lat === null || incident.lon === null || incident.lat === null) return null;
  return metresBetween({ lon, lat }, { lon: incident.lon, lat: incident.lat });
}

function inTime({ now }: Heard, { lastAlarmAt }: IncidentRecord): Ground | null {
  const age = Math.max(0, now - lastAlarmAt);
  if (age >= recentMs) return null;
  const minutes = Math.floor(age / minute);
  const because =
    minutes === 0
      ? { zh: '刚刚还在报警', en: 'alarmed just now' }
      : { zh: `${minutes} 分钟前还在报警`, en: `alarmed ${minutes} min ago` };
  return { points: 20 * (1 - age / recentMs), because, places: false };
}

/** Smoke, gas and people trapped are of a fire as likely as not. */
const hazardOf: Readonly<Record<ReportedThing, string | null>> = {
  fire: 'fire',
  smoke: 'fire',
  gas: 'fire',
  trapped: 'fire',
  flood: 'supply',
  security: 'security',
  other: null,
};

function inKind({ what }: Heard, { hazard }: IncidentRecord): Ground | null {
  if (what === null || hazardOf[what] !== hazard) return null;
  return { points: 15, because: { zh: '同类险情', en: 'same hazard' }, places: false };
}

function inWords(said: string, { place }: IncidentRecord): Ground | null {
  if (said === '') return null;
  const tokens = [...addressTokens(place.zh), ...addressTokens(place.en)];
  const told = [...new Set(tokens)].filter((token) => said.includes(token));
  if (told.length === 0) return null;
  return {
    points: Math.min(30, 12 * told.length),
    because: { zh: `话中提到「${told.join('、')}」`, en: `“${told.join('”, “')}” was said` },
    places: true,
  };
}
