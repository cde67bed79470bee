import type { Presence } from '@fenghuo/contracts/push.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { maskName } from '../access/personal-data.ts';
import { type Reach, type Reachable, reaches } from '../access/reach.ts';

/** What one screen looks at, where that lies, and who is ordered to it. */
export interface Look extends Reachable {
  who: Pick<WhoAmI, 'account' | 'name' | 'seat'>;
  incident: string;
}

/** Of each case so many are named, and of so many cases: it is for seeing each other, and no register. */
const mostWho = 50;
const mostCases = 500;

/**
 * Who looks at which case now, on the screens of this process; of several web processes each shows its own. Kept in
 * memory only, one case a screen. What a viewer is told ends with its reach.
 */
export class Looks {
  readonly #looks = new Map<string, Look>();

  /** True when that changed something. */
  put(screenId: string, look: Look | null): boolean {
    const before = this.#looks.get(screenId);
    if (look === null) return this.#looks.delete(screenId);
    this.#looks.set(screenId, look);
    return before?.incident !== look.incident || before.who.seat !== look.who.seat;
  }

  /** Others are ordered to a case now. True when somebody looks at it. */
  reorder(incident: string, units: readonly string[]): boolean {
    const looks = [...this.#looks].filter(([, look]) => look.incident === incident);
    for (const [screenId, look] of looks) this.#looks.set(screenId, { ...look, units });
    return looks.length > 0;
  }

  of(screenId: string): Look | undefined {
    return this.#looks.get(screenId);
  }

  /** The screens that look at something, by what. */
  entries(): IterableIterator<[string, Look]> {
    return this.#looks.entries();
  }

  /** As a viewer sees it; without the right to personal data names are masked and accounts left out. */
  seenBy(reach: Reach, mayReadPersonal: boolean): Presence {
    const byCase = new Map<string, Presence['looking'][number]>();
    for (const look of this.#looks.values()) {
      if (!reaches(reach, look)) continue;
      const { incident, who } = look;
      const { seat = '' } = who;
      const looking = byCase.get(incident) ?? { incident, who: [] };
      if (!byCase.has(incident) && byCase.size >= mostCases) continue;
      byCase.set(incident, looking);
      const isNamed = looking.who.some((other) => other.account === who.account && other.seat === seat);
      if (!isNamed && looking.who.length < mostWho)
        looking.who.push({ account: who.account, name: who.name, seat });
    }
    const looking = [...byCase.values()];
    return { looking: mayReadPersonal ? looking : looking.map(masked) };
  }
}

function masked({ incident, who }: Presence['looking'][number]): Presence['looking'][number] {
  return { incident, who: who.map(({ name, seat }) => ({ account: '', name: maskName(name), seat })) };
}
