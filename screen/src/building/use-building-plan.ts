import { type BuildingPlan, buildingPlan } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';

/** After a failure, the next try, in ms. */
const retryMs = 5_000;

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
      if (answer.ok) setAnswered({ building, plan: answer.body });
      else if (answer.reason === 'refused') setAnswered({ building, plan: null });
      else retry = setTimeout(() => void load(), retryMs);
    };
    void load();
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [building]);
  return answered?.building === building ? answered.plan : 'awaited';
}
