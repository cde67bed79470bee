import type { Canvas, Colour } from './canvas.ts';

/** Where it burns in a picture, in pixels. */
export interface Seat {
  x: number;
  /** Foot of the flames. */
  y: number;
  /** Width of what burns. */
  size: number;
  /** Height at which a ceiling stops the smoke; null under the sky. */
  ceiling: number | null;
}

interface Puff {
  /** Where it begins, −1 to 1 of the seat's width. */
  side: number;
  /** Where in its life it is when the clip begins. */
  begin: number;
  /** Lives in one round of the clip: whole, so that the clip closes into itself. */
  lives: number;
  sway: number;
}

/** Even over a range and without a seed: the golden ratio's multiples. */
const spread = (i: number, salt: number) => (i * 0.618034 + salt * 0.414214) % 1;
const puffs = (count: number, lives: number): Puff[] =>
  Array.from({ length: count }, (_, i) => ({
    side: spread(i, 1) * 2 - 1,
    begin: spread(i, 2),
    lives: lives + (i % 3),
    sway: spread(i, 3) * 2 - 1,
  }));

const smokePuffs = puffs(46, 2);
const flamePuffs = puffs(54, 9);

const lifeOf = (puff: Puff, phase: number) => (puff.begin + puff.lives * phase) % 1;

/** Smoke that rises from the seat, spreads under the ceiling, and thickens by `density` (0 to 1). */
export function drawSmoke(canvas: Canvas, seat: Seat, phase: number, density: number): void {
  const { x, y, size, ceiling } = seat;
  const top = ceiling ?? -60;
  for (const puff of smokePuffs) {
    const life = lifeOf(puff, phase);
    const rise = y - (y - top) * Math.min(1, life * 1.6);
    const along = Math.max(0, life - 0.55) * (ceiling === null ? 120 : 620) * puff.sway;
    const drift = puff.side * size * (0.3 + life) + along + Math.sin((life + puff.begin) * 9) * 8;
    const radius = size * (0.35 + 1.5 * life);
    const opacity = density * 0.85 * Math.min(1, life * 5) * (1 - life) ** 0.7;
    const grey = 62 + 40 * spread(Math.round(puff.begin * 97), 4);
    canvas.puff(x + drift, rise, radius * 1.25, radius, [grey, grey, grey + 3], opacity);
  }
  if (ceiling !== null) drawLayer(canvas, ceiling, density);
}

/** Under a ceiling smoke gathers in a layer, from above. */
function drawLayer(canvas: Canvas, ceiling: number, density: number): void {
  const depth = 190 * density;
  for (let y = 0; y < ceiling + depth; y++) {
    const share = y < ceiling ? 1 : 1 - (y - ceiling) / depth;
    canvas.rectangle(0, y, canvas.width, 1, [74, 73, 74], 0.72 * density * share);
  }
}

const [core, body, edge]: [Colour, Colour, Colour] = [
  [255, 236, 170],
  [255, 142, 34],
  [196, 44, 8],
];

/** Flames on the seat, and their light on what is around, flickering. */
export function drawFlames(canvas: Canvas, { x, y, size }: Seat, phase: number): void {
  const turn = phase * 2 * Math.PI;
  const flicker = 0.82 + 0.1 * Math.sin(turn * 31) + 0.08 * Math.sin(turn * 47 + 1);
  canvas.puff(x, y - size * 0.4, size * 4.6, size * 3.2, [120, 52, 10], 0.75 * flicker, true);
  for (const puff of flamePuffs) {
    const life = lifeOf(puff, phase);
    const colour = life < 0.25 ? core : life < 0.6 ? body : edge;
    const lean = puff.side * size * 0.55 * (1 - 0.6 * life) + Math.sin(turn * 5 + life * 6) * size * 0.08;
    const radius = size * (0.34 * (1 - life) + 0.07);
    canvas.puff(x + lean, y - life * size * 1.9, radius, radius * 1.7, colour, 0.75 * (1 - life * 0.6));
  }
}
