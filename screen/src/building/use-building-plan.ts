import { type BuildingPlan, buildingPlan } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import { LastOf } from '../feed/last-of.ts';
import { request } from '../feed/request.ts';

/** After a failure, the next try, in ms. */
const retryMs = 5_000;

/** Plans that were shown last: another composition of the wall shows them at once, also while the server is away. */
const lastPlans = new LastOf<BuildingPlan>(8);

/** The plan of a building; null: there is none. Asked again until the server has answered. */
export function useBuildingPlan(building: string): BuildingPlan | 'awaited' | null {
  const [answered, setAnswered] = useState<{ building: string; plan: BuildingPlan | null } | null>(null);
  useEffect(() => {
    let gone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const path = `/buildings/${encodeURIComponent(building)}/plan`;
      const answer = await request({ method: 'GET', path, answer: buildingPlan });
      if (gone) return;
      if (answer.ok) setAnswered({ building, plan: newest(building, answer.body) });
      else if (answer.reason === 'refused') setAnswered({ building, plan: null });
      else retry = setTimeout(() => void load(), retryMs);
    };
    void load();
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [building]);
  return answered?.building === building ? answered.plan : (lastPlans.get(building) ?? 'awaited');
}

/** The plan that was known already when nothing of it changed: another object is another building to draw. */
function newest(building: string, plan: BuildingPlan): BuildingPlan {
  const known = lastPlans.get(building);
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(plan)) return known;
  lastPlans.set(building, plan);
  return plan;
}
