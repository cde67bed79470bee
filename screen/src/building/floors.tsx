import { type RefObject, useEffect, useRef } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { floorsText } from '../ui/floors-text.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { type Arrangement, numberedFloors, type Picture, type Slab } from './arrange.ts';
import { drawBuilding } from './draw-building.ts';
import { type Extent, flatten, type Spot, slabHeight } from './isometric.ts';
import { slabLooks } from './slab-looks.ts';
import type { Step } from './spread.ts';
import type { Hung, Storey } from './storeys.ts';

interface Inside {
  outline: readonly Spot[];
  extent: Extent;
  storeys: readonly Storey[];
}

interface FloorsProps {
  picture: Picture & Arrangement;
  inside: Inside;
  steps: readonly Step[];
  /** How many of the steps are told. */
  told: number;
  stale: boolean;
  open: OpenIncident;
}

/** A number in a mark needs so much room; a mark nearer to one before is a dot. Rem. */
const apart = 2.1;

/** The picture of the floors: solids on a canvas, what is read as text above them. */
export function Floors({ picture, inside, steps, told, stale, open }: FloorsProps) {
  const { t } = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  useScene(canvas, { picture, inside, steps, told, stale });
  const shown = steps.slice(0, told);
  const lit = [...new Set(shown.map(({ floor }) => floor))];
  const line = 1.5 * picture.rem;
  return (
    <>
      <canvas ref={canvas} className="building-canvas" />
      <Leaders picture={picture} extent={inside.extent} />
      {numberedFloors(picture.stack, lit, line).map((floor) => (
        <span
          key={floor}
          className="stack-number"
          data-lit={lit.includes(floor) || undefined}
          style={stackNumberAt(picture, inside.extent, floor)}
        >
          {floorsText([floor])}
        </span>
      ))}
      {picture.pulled.map((slab) => (
        <PulledFloor
          key={slab.floor}
          slab={slab}
          picture={picture}
          inside={inside}
          steps={shown.filter(({ floor }) => floor === slab.floor)}
          origin={steps[0]?.floor === slab.floor}
          drill={open.incident.run !== null}
        />
      ))}
      <North picture={picture} label={t('building.north')} />
    </>
  );
}

/** Draws the solids anew when what they show changed. */
function useScene(
  canvas: RefObject<HTMLCanvasElement | null>,
  { picture, inside, steps, told, stale }: Omit<FloorsProps, 'open'>,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stale` changes the colours that the style gives
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;
    if (context === null) return;
    const style = getComputedStyle(context.canvas);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const ratio = Math.min(2, devicePixelRatio);
    context.canvas.width = picture.width * ratio;
    context.canvas.height = picture.height * ratio;
    context.scale(ratio, ratio);
    drawBuilding(context, {
      ...picture,
      outline: inside.outline,
      dot: colour('--text-3'),
      slabs: slabLooks(picture, inside.storeys, steps.slice(0, told), colour),
    });
  }, [canvas, picture, inside, steps, told, stale]);
}

/** Where a spot on top of a slab lies, in pixels from the left and the top. */
function pixels({ height }: Picture, slab: Slab, spot: Spot): { left: number; top: number } {
  const { right, up } = flatten(spot, slabHeight);
  return { left: slab.x + right * slab.scale, top: height - (slab.y + up * slab.scale) };
}

function stackNumberAt(picture: Picture & Arrangement, extent: Extent, floor: number) {
  const slab = picture.stack.find((one) => one.floor === floor)!;
  const middle = slab.y + ((extent.bottom + extent.top) / 2) * slab.scale;
  return {
    right: picture.width - (slab.x + extent.left * slab.scale) + 0.5 * picture.rem,
    top: picture.height - middle,
  };
}

/** A line from each floor that is pulled out, behind its name, to where it lies in the stack. */
function Leaders({ picture, extent }: { picture: Picture & Arrangement; extent: Extent }) {
  return (
    <svg className="building-leaders" width={picture.width} height={picture.height} aria-hidden="true">
      {picture.pulled.map((slab) => {
        const from = picture.stack.find((one) => one.floor === slab.floor);
        if (from === undefined) return null;
        const middle = (one: Slab) =>
          picture.height - (one.y + ((extent.bottom + extent.top) / 2) * one.scale);
        const start = from.x + extent.right * from.scale + 0.3 * picture.rem;
        const bend = start + 1.5 * picture.rem;
        const end = slab.x + extent.left * slab.scale;
        return (
          <polyline
            key={slab.floor}
            points={`${start},${middle(from)} ${bend},${middle(slab)} ${end},${middle(slab)}`}
          />
        );
      })}
    </svg>
  );
}

interface PulledFloorProps {
  slab: Slab;
  picture: Picture & Arrangement;
  inside: Inside;
  /** Those told, of this floor. */
  steps: readonly Step[];
  /** It began here. */
  origin: boolean;
  drill: boolean;
}

function PulledFloor({ slab, picture, inside, steps, origin, drill }: PulledFloorProps) {
  const { t } = useLanguage();
  const storey = inside.storeys.find(({ floor }) => floor === slab.floor);
  const hung = new Map(storey?.devices.map((device) => [device.id, device]));
  const middle = picture.height - (slab.y + ((inside.extent.bottom + inside.extent.top) / 2) * slab.scale);
  const nameEnd = slab.x + inside.extent.left * slab.scale;
  const rooms = [...new Set(steps.map(({ room }) => room).filter((room) => room !== null))];
  return (
    <>
      <p
        className="pulled-name"
        data-lit={steps.length > 0 || undefined}
        style={{ right: picture.width - nameEnd + 0.4 * picture.rem, top: middle }}
      >
        <strong>{t('wall.floors', { floors: floorsText([slab.floor]) })}</strong>
        {origin && <em>{t('building.originHere')}</em>}
        {rooms.slice(-2).map((room) => (
          <span key={room}>{room}</span>
        ))}
      </p>
      {landmarksOf(storey).map(({ id, landmark, spot }) => (
        <span key={id} className="landmark" style={pixels(picture, slab, spot)}>
          {t(`building.${landmark}`)}
        </span>
      ))}
      {marksOf(steps, hung, (spot) => pixels(picture, slab, spot), apart * picture.rem).map(
        ({ step, at, numbered }) => (
          <span
            key={step.device}
            className="building-mark"
            data-severity={step.severity}
            data-small={!numbered || undefined}
            data-device={step.device}
            style={at}
          >
            {numbered ? (
              <>
                <SeverityMark severity={step.severity} drill={drill} />
                <b>{step.order}</b>
              </>
            ) : null}
          </span>
        ),
      )}
    </>
  );
}

interface PlacedMark {
  step: Step;
  at: { left: number; top: number };
  numbered: boolean;
}

/** Marks of a floor, the first with their numbers; one that would cover another is a dot. */
function marksOf(
  steps: readonly Step[],
  hung: ReadonlyMap<string, Hung>,
  place: (spot: Spot) => { left: number; top: number },
  room: number,
): PlacedMark[] {
  const marks: PlacedMark[] = [];
  for (const step of steps) {
    const device = hung.get(step.device);
    if (device === undefined) continue;
    const at = place(device.spot);
    const covers = marks.some(
      (mark) => mark.numbered && Math.hypot(mark.at.left - at.left, mark.at.top - at.top) < room,
    );
    marks.push({ step, at, numbered: !covers });
  }
  return marks;
}

/** One of each kind in a room. */
function landmarksOf(storey: Storey | undefined): (Hung & { landmark: NonNullable<Hung['landmark']> })[] {
  const seen = new Set<string>();
  return (storey?.devices ?? []).flatMap((device) => {
    const { landmark } = device;
    const key = `${landmark} ${device.room}`;
    if (landmark === null || seen.has(key)) return [];
    seen.add(key);
    return [{ ...device, landmark }];
  });
}

function North({ picture, label }: { picture: Picture; label: string }) {
  const { right, up } = flatten({ east: 0, south: -1 }, 0);
  const length = Math.hypot(right, up);
  const angle = (Math.atan2(right / length, up / length) * 180) / Math.PI;
  return (
    <span className="building-north" style={{ fontSize: `${1.1 * picture.rem}px` }}>
      <svg viewBox="0 0 24 24" aria-hidden="true" style={{ transform: `rotate(${angle}deg)` }}>
        <path d="M12 2 18 21 12 17 6 21Z" fill="currentColor" />
      </svg>
      {label}
    </span>
  );
}
