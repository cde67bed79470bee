import { type Severity, severities } from '@fenghuo/contracts/words.ts';
import type { OpenIncident } from '../../state/open-incidents.ts';

/** While a high incident waits for its acknowledgement, its tone comes again this often, in ms. */
const againMs = 60_000;

/** What a wall has told by sound. */
export interface Told {
  severities: ReadonlyMap<string, Severity>;
  /** When the last tone of a high incident was, in server time. */
  highAt: number;
}

/** What is to sound now: one tone, that of the gravest, and the high ones that a voice says, the gravest first. */
export interface Announcement {
  tone: Severity;
  say: readonly OpenIncident[];
}

/** What stands open when a wall starts is not told again; what waits to be acknowledged asks again in its time. */
export function toldAtStart(open: readonly OpenIncident[], now: number): Told {
  return { severities: severitiesOf(open), highAt: now };
}

/**
 * What sounds after a change: an incident that is new, or graver than before. Drills make no sound on a wall: a room
 * that does not take part hears nothing of them.
 */
export function announce(
  told: Told,
  open: readonly OpenIncident[],
  now: number,
): { told: Told; announcement: Announcement | null } {
  const live = open.filter(({ incident }) => incident.run === null);
  const risen = live.filter(({ incident: { id, severity } }) => isGraver(severity, told.severities.get(id)));
  const waits = live.some((one) => one.incident.severity === 'high' && one.unacknowledged);
  const tone =
    severities.find((severity) => risen.some(({ incident }) => incident.severity === severity)) ??
    (waits && now - told.highAt >= againMs ? 'high' : null);
  return {
    told: { severities: severitiesOf(open), highAt: tone === 'high' ? now : told.highAt },
    announcement:
      tone === null ? null : { tone, say: risen.filter(({ incident }) => incident.severity === 'high') },
  };
}

function severitiesOf(open: readonly OpenIncident[]): Map<string, Severity> {
  return new Map(open.map(({ incident }) => [incident.id, incident.severity]));
}

function isGraver(severity: Severity, before: Severity | undefined): boolean {
  return before === undefined || severities.indexOf(severity) < severities.indexOf(before);
}
