import type { Slab } from './arrange.ts';
import { axes, flatten, type Spot, slabHeight } from './isometric.ts';

/** Radius of a quiet detector on a floor, in rem. */
const dotRadius = 0.22;

/** What a slab says: nothing, that its floor is touched, and how gravely. */
export interface SlabLook extends Slab {
  fill: string;
  side: string;
  edge: string;
  /** Width of its edges in rem. */
  line: number;
  /** Quiet detectors that are drawn on it. */
  dots: readonly Spot[];
}

export interface BuildingPicture {
  /** Of every floor. */
  outline: readonly Spot[];
  width: number;
  height: number;
  rem: number;
  dot: string;
  /** Those nearest to the viewer last. */
  slabs: readonly SlabLook[];
}

/**
 * Draws the floors of one building as solids, by the processor and into main memory: nothing turns and nothing is lit, so each
 * is the sides that face the viewer and its top over them. Thirty floors cost the page some milliseconds; a context of WebGL
 * for each building cost it 0.4 to 6 s of waiting where software draws, in which no alarm came to the wall.
 */
export function drawBuilding(context: CanvasRenderingContext2D, picture: BuildingPicture): void {
  context.clearRect(0, 0, picture.width, picture.height);
  context.lineJoin = 'round';
  const sides = sidesTowards(picture.outline);
  for (const slab of picture.slabs) drawSlab(context, picture, { slab, sides });
}

type Side = readonly [Spot, Spot];

function drawSlab(
  context: CanvasRenderingContext2D,
  picture: BuildingPicture,
  { slab, sides }: { slab: SlabLook; sides: readonly Side[] },
): void {
  const at = (spot: Spot, height: number) => {
    const { right, up } = flatten(spot, height);
    return [slab.x + right * slab.scale, picture.height - (slab.y + up * slab.scale)] as const;
  };
  context.strokeStyle = slab.edge;
  context.lineWidth = Math.max(1, slab.line * picture.rem);
  context.fillStyle = slab.side;
  for (const [from, to] of sides)
    face(context, [at(from, 0), at(to, 0), at(to, slabHeight), at(from, slabHeight)]);
  context.fillStyle = slab.fill;
  face(
    context,
    picture.outline.map((spot) => at(spot, slabHeight)),
  );
  context.fillStyle = picture.dot;
  const radius = dotRadius * picture.rem;
  for (const spot of slab.dots) {
    context.beginPath();
    context.ellipse(...at(spot, slabHeight), radius, radius * axes.towards[1], 0, 0, 2 * Math.PI);
    context.fill();
  }
}

function face(context: CanvasRenderingContext2D, corners: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x, y);
  context.closePath();
  context.fill();
  context.stroke();
}

/** The sides of an outline that face the viewer, whichever way around its corners go. */
export function sidesTowards(outline: readonly Spot[]): Side[] {
  const sides = outline.map((from, i): Side => [from, outline[(i + 1) % outline.length]!]);
  const area = sides.reduce((sum, [a, b]) => sum + a.east * b.south - b.east * a.south, 0);
  const outwards = Math.sign(area);
  const [east, , south] = axes.towards;
  return sides.filter(([a, b]) => outwards * ((b.south - a.south) * east - (b.east - a.east) * south) > 0);
}
