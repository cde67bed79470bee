import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import type { Change } from '@fenghuo/contracts/push.ts';
import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import { asks } from '../../state/open-list.ts';

/** What is heard: an alarm by its severity, or that the server has fallen silent. */
export type Sound = Severity | 'silent-server';

/** A tone: Hz, when it begins and for how long, ms. */
export interface Beep {
  hz: number;
  at: number;
  ms: number;
}

/**
 * Told apart with the eyes shut, by number and pitch: high is three fast pairs, medium two tones, low a single soft one; a
 * silent server falls, which nothing else does. All below 1 kHz, where ears of sixty still hear.
 */
export const beeps: Record<Sound, readonly Beep[]> = {
  high: [0, 1, 2].flatMap((i) => [
    { hz: 960, at: i * 320, ms: 140 },
    { hz: 720, at: i * 320 + 150, ms: 140 },
  ]),
  medium: [
    { hz: 720, at: 0, ms: 200 },
    { hz: 720, at: 320, ms: 200 },
  ],
  low: [{ hz: 520, at: 0, ms: 220 }],
  'silent-server': [
    { hz: 620, at: 0, ms: 300 },
    { hz: 460, at: 320, ms: 300 },
    { hz: 340, at: 640, ms: 500 },
  ],
};

/**
 * The gravest alarm that calls for somebody by a batch of changes and did not before, or calls graver than before. Null:
 * none. A drill's is heard as low: it is to be heard by who takes part, and to startle nobody. Pure.
 */
export function callIn(
  changes: readonly Change[],
  before: (id: string) => Pick<AlarmLine, 'state' | 'severity'> | undefined,
): Severity | null {
  let gravest: Severity | null = null;
  for (const { topic, doc } of changes) {
    if (topic !== 'alarm' || doc === null || doc.closedAt !== null || !asks(doc)) continue;
    const was = before(doc.id);
    if (was !== undefined && asks(was) && compareSeverity(was.severity, doc.severity) <= 0) continue;
    const severity = doc.run === null ? doc.severity : 'low';
    if (gravest === null || compareSeverity(severity, gravest) < 0) gravest = severity;
  }
  return gravest;
}
