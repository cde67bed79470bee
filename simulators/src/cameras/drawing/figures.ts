import type { Canvas, Colour } from './canvas.ts';

/** Somebody on foot, seen from far: `x`, `y` where they stand, `tall` in pixels; `stride` in turns. */
export function drawPerson(
  canvas: Canvas,
  at: { x: number; y: number; tall: number; stride: number },
  coat: Colour,
): void {
  const { x, y, tall, stride } = at;
  const swing = Math.sin(stride * 2 * Math.PI) * tall * 0.12;
  canvas.puff(x, y, tall * 0.3, tall * 0.06, [0, 0, 0], 0.5);
  for (const side of [-1, 1])
    canvas.polygon(
      [
        [x - tall * 0.05, y - tall * 0.48],
        [x + tall * 0.06, y - tall * 0.48],
        [x + swing * side + tall * 0.05, y],
        [x + swing * side - tall * 0.04, y],
      ],
      [34, 36, 44],
    );
  canvas.polygon(
    [
      [x - tall * 0.11, y - tall * 0.84],
      [x + tall * 0.11, y - tall * 0.84],
      [x + tall * 0.09, y - tall * 0.42],
      [x - tall * 0.09, y - tall * 0.42],
    ],
    coat,
  );
  canvas.puff(x, y - tall * 0.92, tall * 0.09, tall * 0.1, [176, 140, 118], 2);
}

/** A car from the side: `x`, `y` its rear wheel's foot, `long` in pixels. */
export function drawCar(
  canvas: Canvas,
  at: { x: number; y: number; long: number },
  paint: Colour,
  lights = false,
): void {
  const { x, y, long } = at;
  const px = (share: number) => x + share * long;
  const up = (share: number) => y - share * long;
  canvas.puff(px(0.42), y, long * 0.6, long * 0.07, [0, 0, 0], 0.8);
  canvas.polygon(
    [
      [px(-0.08), up(0.06)],
      [px(-0.08), up(0.2)],
      [px(0.08), up(0.23)],
      [px(0.2), up(0.36)],
      [px(0.58), up(0.36)],
      [px(0.74), up(0.23)],
      [px(0.92), up(0.19)],
      [px(0.93), up(0.06)],
    ],
    paint,
  );
  canvas.polygon(
    [
      [px(0.13), up(0.23)],
      [px(0.22), up(0.34)],
      [px(0.56), up(0.34)],
      [px(0.69), up(0.23)],
    ],
    [38, 46, 56],
  );
  for (const wheel of [0.1, 0.74])
    canvas.puff(px(wheel), up(0.06), long * 0.08, long * 0.08, [12, 12, 14], 2);
  if (!lights) return;
  canvas.puff(px(0.92), up(0.15), long * 0.06, long * 0.06, [255, 244, 206], 2);
  canvas.puff(px(1.35), up(0.05), long * 0.55, long * 0.12, [120, 112, 84], 0.8, true);
}
