import type { Canvas, Colour } from './canvas.ts';
import { drawCar, drawPerson } from './figures.ts';
import type { Scene } from './scenes.ts';

const windowsLit: Colour = [214, 178, 104];
const windowsDark: Colour = [40, 48, 62];

/** A village street at dusk, down its length: shops on both sides, lamps, cars crossing in front. */
export const street: Scene = {
  still: (canvas) => {
    canvas.fade(0, 170, [42, 52, 78], [122, 112, 118]);
    drawRow(canvas, -1);
    drawRow(canvas, 1);
    canvas.polygon(
      [
        [300, 168],
        [340, 168],
        [820, 360],
        [-180, 360],
      ],
      [58, 60, 64],
    );
    canvas.polygon(
      [
        [300, 168],
        [-180, 360],
        [-400, 360],
        [286, 168],
      ],
      [96, 94, 92],
    );
    canvas.polygon(
      [
        [340, 168],
        [820, 360],
        [1040, 360],
        [354, 168],
      ],
      [96, 94, 92],
    );
    for (let k = 0; k < 7; k++) {
      const y = 174 + k * k * 4.4;
      canvas.rectangle(319 - k * 0.6, y, 2 + k * 1.2, 3 + k * 2.2, [206, 202, 186]);
    }
    for (const k of [0.25, 0.45, 0.8]) drawLamp(canvas, k);
    canvas.vignette(0.55);
  },
  moving: (canvas, phase) => {
    const across = (phase * 2) % 1;
    drawCar(
      canvas,
      { x: -200 + across * 1040, y: 326, long: 150 },
      phase < 0.5 ? [124, 34, 34] : [70, 88, 110],
      true,
    );
    drawPerson(
      canvas,
      { x: 560 - phase * 90, y: 250 - phase * 30, tall: 66 - phase * 20, stride: phase * 16 },
      [60, 84, 72],
    );
    drawPerson(
      canvas,
      { x: 96 + phase * 70, y: 262 - phase * 34, tall: 74 - phase * 22, stride: phase * 15 },
      [110, 86, 60],
    );
  },
  seat: { x: 150, y: 236, size: 67, ceiling: null },
};

/** A row of houses towards the vanishing point; −1 left, 1 right. */
function drawRow(canvas: Canvas, side: -1 | 1): void {
  const shades: readonly Colour[] = [
    [94, 84, 78],
    [78, 78, 84],
    [104, 92, 76],
    [84, 76, 74],
  ];
  for (const [k, shade] of shades.entries()) {
    const near = 1 / (0.55 + k * 0.5);
    const far = 1 / (0.55 + (k + 1) * 0.5);
    const x = (share: number) => 320 + side * 210 * share;
    const top = (share: number) => 168 - (100 + (k % 2) * 24) * share;
    const foot = (share: number) => 168 + 62 * share;
    canvas.polygon(
      [
        [x(near), top(near)],
        [x(far), top(far)],
        [x(far), foot(far)],
        [x(near), foot(near)],
      ],
      shade,
    );
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 4; column++) {
        const [a, b] = [0.1 + column * 0.22, 0.24 + column * 0.22].map((t) => near + (far - near) * t) as [
          number,
          number,
        ];
        const y = (share: number, up: number) => foot(share) + (top(share) - foot(share)) * up;
        const low = 0.1 + row * 0.3;
        const lit = (column * 7 + row * 5 + k * 3 + side) % 3 === 0 || row === 0;
        canvas.polygon(
          [
            [x(a), y(a, low)],
            [x(b), y(b, low)],
            [x(b), y(b, low + 0.16)],
            [x(a), y(a, low + 0.16)],
          ],
          lit ? windowsLit : windowsDark,
        );
      }
  }
}

function drawLamp(canvas: Canvas, near: number): void {
  for (const side of [-1, 1]) {
    const x = 320 + side * 250 * near;
    const foot = 168 + 76 * near;
    canvas.rectangle(x - 2 * near, foot - 170 * near, 4 * near, 170 * near, [40, 42, 46]);
    canvas.puff(x - side * 14 * near, foot - 168 * near, 46 * near, 40 * near, [200, 160, 90], 0.9, true);
  }
}

/** A car park under a building: pillars, bays, one car that looks for its place. */
export const carPark: Scene = {
  still: (canvas) => {
    canvas.fade(0, 120, [52, 54, 56], [88, 90, 90]);
    canvas.fade(120, 360, [92, 94, 92], [132, 132, 126]);
    for (let k = 0; k < 4; k++) canvas.rectangle(0, 18 + k * 26, 640, 5, [42, 44, 48]);
    for (const x of [90, 250, 410, 570]) {
      canvas.rectangle(x - 34, 34, 68, 5, [232, 236, 226]);
      canvas.puff(x, 40, 120, 40, [66, 70, 62], 0.9, true);
    }
    for (let k = 0; k <= 5; k++)
      canvas.polygon(
        [
          [54 + k * 108, 168],
          [57 + k * 108, 168],
          [20 + k * 124, 232],
          [14 + k * 124, 232],
        ],
        [204, 200, 176],
      );
    const paints: readonly Colour[] = [
      [150, 152, 156],
      [46, 52, 66],
      [132, 40, 38],
      [196, 196, 190],
      [58, 74, 62],
    ];
    for (const [k, paint] of paints.entries())
      if (k !== 3) drawCar(canvas, { x: 46 + k * 118, y: 214, long: 96 }, paint);
    for (const x of [176, 470]) {
      canvas.rectangle(x - 16, 52, 32, 226, [148, 148, 140]);
      canvas.rectangle(x - 16, 214, 32, 30, [206, 176, 46]);
      canvas.rectangle(x - 16, 226, 32, 8, [30, 30, 32]);
    }
    canvas.polygon(
      [
        [60, 330],
        [200, 330],
        [200, 318],
        [240, 337],
        [200, 356],
        [200, 344],
        [60, 344],
      ],
      [214, 210, 190],
      0.7,
    );
    canvas.vignette(0.6);
  },
  moving: (canvas, phase) => {
    drawCar(canvas, { x: -240 + phase * 1060, y: 322, long: 170 }, [74, 96, 124], true);
    drawPerson(canvas, { x: 620 - phase * 640, y: 262, tall: 78, stride: phase * 18 }, [88, 70, 92]);
  },
  seat: { x: 328, y: 204, size: 64, ceiling: 26 },
};
