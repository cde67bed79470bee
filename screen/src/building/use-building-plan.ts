import { type BuildingPlan, buildingPlan } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';

/** After a failure, the next try, in ms. */
const retryMs = 5_000;

/** The plan of a building; null until it is there. Asked again until the server has answered. */
export function useBuildingPlan(building: string): BuildingPlan | null {
  const [plan, setPlan] = useState<BuildingPlan | null>(null);
  useEffect(() => {
    let gone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const path = `/buildings/${encodeURIComponent(building)}/plan`;
      const answer = await request({ method: 'GET', path, answer: buildingPlan });
      if (gone) return;
      if (answer.ok) setPlan(answer.body);
      else if (answer.reason !== 'refused') retry = setTimeout(() => void load(), retryMs);
    };
    void load();
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [building]);
  return plan?.id === building ? plan : null;
}
