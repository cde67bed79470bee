import type { Presence } from '@fenghuo/contracts/push.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { type AreaScope, sees } from '../access/area-scope.ts';
import { maskName } from '../access/personal-data.ts';

/** What one screen looks at, and where that lies. */
interface Look {
  who: Pick<WhoAmI, 'account' | 'name'>;
  seat: string;
  incident: string;
  area: string;
}

/** Of each case so many are named, and of so many cases: it is for seeing each other, and no register. */
const mostWho = 50;
const mostCases = 500;

/**
 * Who looks at which case now, on the screens of this process; of several web processes each shows its own. Kept in
 * memory only, one case a screen. What a viewer is told ends at its area.
 */
export class Looks {
  readonly #looks = new Map<string, Look>();

  /** True when that changed something. */
  put(screenId: string, look: Look | null): boolean {
    const before = this.#looks.get(screenId);
    if (look === null) return this.#looks.delete(screenId);
    this.#looks.set(screenId, look);
    return before?.incident !== look.incident || before.seat !== look.seat;
  }

  /** As a viewer of an area sees it; without the right to personal data names are masked and accounts left out. */
  seenBy(scope: AreaScope, mayReadPersonal: boolean): Presence {
    const byCase = new Map<string, Presence['looking'][number]>();
    for (const { incident, area, who, seat } of this.#looks.values()) {
      if (!sees(scope, area)) continue;
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
