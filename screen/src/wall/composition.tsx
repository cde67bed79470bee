import type { CSSProperties, ReactNode } from 'react';
import { Mishap } from '../ui/mishap.tsx';
import { type Extent, type Part, type Stack, shownZones, type Zone } from './layouts.ts';

interface CompositionProps {
  body: Stack;
  /** What each part shows; null: nothing, and its room is the others'. */
  parts: Readonly<Record<Part, ReactNode>>;
  /** Few incidents are open. */
  calm: boolean;
  className: string;
}

/** The parts of the wall where its layout has them. */
export function Composition({ body, parts, calm, className }: CompositionProps) {
  const zones = shownZones(body, (part) => parts[part] !== null, calm);
  return (
    <div className={`wall-body stack ${className}`} data-along={body.along}>
      {zones.map((zone) => (
        <ZoneView key={keyOf(zone)} zone={zone} parts={parts} />
      ))}
    </div>
  );
}

function ZoneView({ zone, parts }: { zone: Zone; parts: CompositionProps['parts'] }) {
  if ('part' in zone)
    return (
      <div className="zone" data-part={zone.part} style={flexOf(zone.extent)}>
        {parts[zone.part] !== null && <Mishap>{parts[zone.part]}</Mishap>}
      </div>
    );
  return (
    <div className="zone stack" data-along={zone.along} style={flexOf(zone.extent)}>
      {zone.zones.map((inner) => (
        <ZoneView key={keyOf(inner)} zone={inner} parts={parts} />
      ))}
    </div>
  );
}

/** By what stands in it and not by its place, so that a map is not begun anew when a column beside it goes. */
function keyOf(zone: Zone): string {
  const inside = partsIn(zone);
  return inside.includes('map') && !('part' in zone) ? 'centre' : inside[0]!;
}

function partsIn(zone: Zone): Part[] {
  return 'part' in zone ? [zone.part] : zone.zones.flatMap(partsIn);
}

/** Shares are of the whole room however few zones are left, so they count tenfold: below 1 in all, flex leaves some over. */
function flexOf(extent: Extent): CSSProperties {
  if (extent === 'content') return { flex: 'none' };
  return 'rem' in extent ? { flex: `0 0 ${extent.rem}rem` } : { flex: `${extent.share * 10} 1 0` };
}
