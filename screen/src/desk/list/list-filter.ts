import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import type { EventKind, Severity } from '@fenghuo/contracts/words.ts';
import { eventKinds, severities } from '@fenghuo/contracts/words.ts';
import { asks, type Listed } from '../../state/open-list.ts';

/** What a dispatcher asks the list for, beside where and what. */
export const listStates = [
  'unacknowledged',
  'acknowledged',
  'without-ticket',
  'with-ticket',
  'late',
  'drill',
] as const;
type ListState = (typeof listStates)[number];

/** What of the list is shown. Null or empty: all. */
export interface ListFilter {
  /** Code of an area: what lies in it. */
  area: string | null;
  kind: EventKind | null;
  state: ListState | null;
  severity: Severity | null;
  /** Words, all of which are found in place, title, case code, device or room. */
  text: string;
}

export const filterNames = ['area', 'kind', 'state', 'severity', 'q'] as const;

/** Reads a filter off the query of an address. What is none of ours is no filter. */
export function readFilter(query: URLSearchParams): ListFilter {
  const one = <T extends string>(name: string, of: readonly T[]): T | null =>
    of.find((value) => value === query.get(name)) ?? null;
  return {
    area: query.get('area'),
    kind: one('kind', eventKinds),
    state: one('state', listStates),
    severity: one('severity', severities),
    text: query.get('q') ?? '',
  };
}

export function isFiltering({ area, kind, state, severity, text }: ListFilter): boolean {
  return area !== null || kind !== null || state !== null || severity !== null || text.trim() !== '';
}

/**
 * Whether an incident is shown. Answers are remembered by the incident as it was: it is another object once it changed, so
 * that of 100,000 those alone are looked at that are new. `late` is of the ticket as it was told, since the engine says
 * when one is overdue. Pure.
 */
export function filterOf(filter: ListFilter): (listed: Listed) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const known = new WeakMap<Listed, boolean>();
  return (listed) => {
    const before = known.get(listed);
    if (before !== undefined) return before;
    const answer = isShown(listed, filter, words);
    known.set(listed, answer);
    return answer;
  };
}

function isShown(listed: Listed, { area, kind, state, severity }: ListFilter, words: string[]): boolean {
  const { incident, alarms } = listed;
  if (severity !== null && incident.severity !== severity) return false;
  if (area !== null && !incident.area.startsWith(area)) return false;
  if (kind !== null && !alarms.some((alarm) => alarm.kind === kind)) return false;
  if (state !== null && !isIn(listed, state)) return false;
  if (words.length === 0) return true;
  const text = textOf(listed);
  return words.every((word) => text.includes(word));
}

function isIn({ incident, ticket, alarms }: Listed, state: ListState): boolean {
  switch (state) {
    case 'unacknowledged':
      return alarms.some(asks);
    case 'acknowledged':
      return !alarms.some(asks);
    case 'without-ticket':
      return incident.ticket === null;
    case 'with-ticket':
      return incident.ticket !== null;
    case 'late':
      return ticket?.overdue === true;
    case 'drill':
      return incident.run !== null;
  }
}

const texts = new WeakMap<Listed, string>();

function textOf(listed: Listed): string {
  const before = texts.get(listed);
  if (before !== undefined) return before;
  const { place, title, caseCode } = listed.incident;
  const of = ({ device, room, title: { zh, en } }: AlarmLine) => `${device} ${room ?? ''} ${zh} ${en}`;
  const text = [place.zh, place.en, title.zh, title.en, caseCode, ...listed.alarms.map(of)]
    .join(' ')
    .toLowerCase();
  texts.set(listed, text);
  return text;
}
