import type { Extent } from './isometric.ts';

/** A floor in the picture: where the middle of its outline lies, in pixels from the left and the bottom, and how large a metre is. */
export interface Slab {
  floor: number;
  x: number;
  y: number;
  scale: number;
}

export interface Arrangement {
  /** All floors one above the other, the lowest first. */
  stack: Slab[];
  /** Those pulled out to be read, the lowest first. */
  pulled: Slab[];
}

export interface Picture {
  width: number;
  height: number;
  /** Pixels a rem. */
  rem: number;
}

/** Share of the width that the stack of all floors takes, and rem kept free for the numbers of its floors. */
const stackShare = 0.3;
const numbers = 3.4;
/** Rem kept free above and below, and left of a pulled floor for its name. */
const margin = 1.2;
const names = 9.5;

/** How many floors can be pulled out into a picture so high that each is read from eight metres. */
export const roomFor = ({ height, rem }: Picture) => Math.max(1, Math.min(4, Math.floor(height / (9 * rem))));

/** Lays the floors of a building out: the stack on the left, floors of interest large on the right. */
export function arrange(
  floors: readonly number[],
  pulled: readonly number[],
  extent: Extent,
  { width, height, rem }: Picture,
): Arrangement {
  const wide = extent.right - extent.left;
  const high = extent.top - extent.bottom;
  const inner = height - 2 * margin * rem;
  const [middleX, middleY] = [(extent.left + extent.right) / 2, (extent.bottom + extent.top) / 2];
  const place = (x: number, y: number, scale: number) => ({
    x: x - middleX * scale,
    y: y - middleY * scale,
    scale,
  });

  const stackWidth = width * stackShare - numbers * rem;
  const stackScale = Math.min(stackWidth / wide, (inner * 0.45) / high);
  const rise = floors.length > 1 ? (inner - high * stackScale) / (floors.length - 1) : 0;
  const step = Math.min(rise, high * stackScale * 0.9, 3.2 * rem);
  const tall = high * stackScale + step * (floors.length - 1);
  const stackX = numbers * rem + stackWidth / 2;
  const lowest = (height - tall) / 2 + (high * stackScale) / 2;
  const stack = floors.map((floor, i) => ({
    floor,
    ...place(stackX, lowest + i * step, stackScale),
  }));

  const bandX = width * stackShare + names * rem;
  const bandWidth = width - bandX - margin * 2 * rem;
  const band = inner / Math.max(1, pulled.length);
  const pulledScale = Math.min(bandWidth / wide, (band * 0.86) / high);
  const pulledSlabs = pulled.map((floor, i) => ({
    floor,
    ...place(bandX + bandWidth / 2, margin * rem + (i + 0.5) * band, pulledScale),
  }));
  return { stack, pulled: pulledSlabs };
}

/** Numbers of floors that are written beside the stack: the highest and lowest that are lit, then bottom and top, none over another. */
export function numberedFloors(stack: readonly Slab[], lit: readonly number[], lineHeight: number): number[] {
  const sorted = lit.toSorted((a, b) => a - b);
  const ends = [sorted.at(-1), sorted[0], stack[0]?.floor, stack.at(-1)?.floor];
  const wanted = [...ends, ...sorted].filter((floor) => floor !== undefined);
  const taken: Slab[] = [];
  for (const floor of new Set(wanted)) {
    const slab = stack.find((one) => one.floor === floor);
    if (slab === undefined || taken.some((one) => Math.abs(one.y - slab.y) < lineHeight)) continue;
    taken.push(slab);
  }
  return taken.map(({ floor }) => floor);
}
