import type { DrillOffer } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

const leftBehind = {
  zh: '演练器中途退出，未作判定；演练本身请由人员结束',
  en: 'The runner left in the middle, nothing was judged; the drill itself is for a person to end',
};

/**
 * What the runner of a county can play, in place of what it offered before. It says so when it starts, so what one before
 * it has not brought to an end never will be.
 */
export async function saveDrillOffer(db: Queryable, county: string, offer: DrillOffer): Promise<void> {
  await db.query(
    `with left_behind as (
       update fenghuo.drill_run set state = case wish when 'stop' then 'stopped' else 'failed' end, fault = $4
       where county = $1 and state not in ('waiting', 'judged', 'stopped', 'failed'))
     insert into fenghuo.drill_runner (county, seen_at, software, scenarios)
     values ($1, clock_timestamp(), $2, $3::jsonb)
     on conflict (county) do update
     set seen_at = excluded.seen_at, software = excluded.software, scenarios = excluded.scenarios`,
    [county, offer.software, JSON.stringify(offer.scenarios), JSON.stringify(leftBehind)],
  );
}
