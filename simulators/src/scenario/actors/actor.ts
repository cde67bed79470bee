import type { SeededRandom } from '../../estate/seeded-random.ts';
import type { Stage } from '../choose-crowd.ts';
import type { HostileDeed, Publication, SmokeCurve } from '../script.ts';

/** Where and when a moment of the time line plays. */
export interface Scene extends Stage {
  /** Ms from the start. */
  startsAt: number;
  endsAt: number;
  /** Such as `timeline.3.speak`. */
  path: string;
  random: SeededRandom;
}

/** What a story comes to; times from the start of the scenario, in no order. */
export interface Played {
  publications: Omit<Publication, 'drill' | 'moment'>[];
  hostile?: HostileDeed[];
  /** Devices that nobody hears for a while, with all that hangs on them; infinity: to the end. */
  cut?: { device: string; from: number; to: number }[];
  curves?: Omit<SmokeCurve, 'moment'>[];
}
