import type { BuildingPlan } from '@fenghuo/contracts/rest.ts';
import { useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { Changing } from '../wall/changing.tsx';
import { StaleAge } from '../wall/stale-age.tsx';
import { useSize } from '../wall/use-size.ts';
import { arrange, roomFor } from './arrange.ts';
import { Floors } from './floors.tsx';
import { extentOf } from './isometric.ts';
import { outlineOf } from './outline.ts';
import { spreadOf } from './spread.ts';
import { SpreadLine } from './spread-line.tsx';
import { pulledFloors, storeysOf } from './storeys.ts';
import { useBuildingPlan } from './use-building-plan.ts';
import { useTelling } from './use-telling.ts';
import './building.css';

interface BuildingViewProps {
  open: OpenIncident;
  stale: boolean;
  /** Shows all that went off at once, and does not tell it over and over: somebody else leads through the time. */
  still?: boolean;
}

/** The building of an incident from inside: its floors apart, what went off where, and in which order. */
export function BuildingView({ open, stale, still = false }: BuildingViewProps) {
  const plan = useBuildingPlan(open.incident.building ?? '');
  const hasRoom = useRoom(plan);
  if (plan === 'awaited') return hasRoom ? <section className="building" aria-busy="true" /> : null;
  return plan === null || !hasRoom ? null : <Building open={open} plan={plan} stale={stale} still={still} />;
}

/** Whether a building takes room; until that is known, as the one before: the map beside it does not come and go with each. */
function useRoom(plan: BuildingPlan | 'awaited' | null): boolean {
  const [before, setBefore] = useState(false);
  const now = plan === 'awaited' ? before : plan !== null && plan.floors >= 2;
  if (now !== before) setBefore(now);
  return now;
}

type BuildingProps = Required<BuildingViewProps> & { plan: BuildingPlan };

function Building({ open, plan, stale, still }: BuildingProps) {
  const { t, language } = useLanguage();
  const [element, size] = useSize<HTMLDivElement>();
  const inside = useMemo(() => {
    const outline = outlineOf(plan);
    return { outline, extent: extentOf(outline), storeys: storeysOf(plan, outline) };
  }, [plan]);
  const steps = useMemo(() => spreadOf(open.alarms, plan.id), [open.alarms, plan.id]);
  const telling = useTelling(steps);
  const told = still || stale ? steps.length : telling;
  const picture = useMemo(() => {
    if (size === null || size.width < 10 || size.height < 8) return null;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const frame = { width: Math.round(size.width * rem), height: Math.round(size.height * rem), rem };
    const floors = inside.storeys.map(({ floor }) => floor);
    return { ...frame, ...arrange(floors, pulledFloors(steps, roomFor(frame)), inside.extent, frame) };
  }, [size, steps, inside]);
  const name = language === 'en' ? (plan.nameEn ?? plan.nameZh) : plan.nameZh;
  return (
    <section className="building" aria-label={t('building.label')} data-building={plan.id}>
      <header className="building-head">
        <strong>{name}</strong>
        {stale && <StaleAge />}
        <span>{t('building.floors', { count: plan.floors })}</span>
        <Changing
          className="building-count"
          value={t('building.wentOff', { count: steps.length, lit: steps.filter(({ lit }) => lit).length })}
        />
      </header>
      <div className="building-picture" ref={element}>
        {picture !== null && (
          <Floors picture={picture} inside={inside} steps={steps} told={told} stale={stale} open={open} />
        )}
      </div>
      <SpreadLine steps={steps} told={told} />
    </section>
  );
}
