import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { floorsText } from './floors-text.ts';

/** Keeps a number with its word, so that 12 号楼 or block 12 is not torn apart at the end of a line. */
const unbroken = (place: string) =>
  place.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0').replace(/([a-z]) (?=\d)/gi, '$1\u00a0');

/** Where an incident is, with the floors of its lit detectors. */
export function usePlaceWords(incident: IncidentRecord): string {
  const { t, say } = useLanguage();
  const place = say(incident.place);
  const floors = floorsText(incident.floors);
  if (floors === '') return unbroken(place);
  const key = incident.floors.length > 1 ? 'wall.placeOnFloors' : 'wall.placeOnFloor';
  return unbroken(t(key, { place, floors }));
}
