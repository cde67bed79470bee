import type { Canvas, Colour } from './canvas.ts';
import { drawPerson } from './figures.ts';
import type { Scene } from './scenes.ts';

/** A room down its length, as a box in one-point perspective: its end wall from `near` 0 to the lens at 1. */
function drawBox(
  canvas: Canvas,
  shades: Record<'ceiling' | 'left' | 'right' | 'floor' | 'end', Colour>,
): void {
  canvas.polygon(
    [
      [0, 0],
      [640, 0],
      [384, 120],
      [256, 120],
    ],
    shades.ceiling,
  );
  canvas.polygon(
    [
      [0, 0],
      [256, 120],
      [256, 210],
      [0, 360],
    ],
    shades.left,
  );
  canvas.polygon(
    [
      [640, 0],
      [384, 120],
      [384, 210],
      [640, 360],
    ],
    shades.right,
  );
  canvas.polygon(
    [
      [0, 360],
      [256, 210],
      [384, 210],
      [640, 360],
    ],
    shades.floor,
  );
  canvas.rectangle(256, 120, 128, 90, shades.end);
}

/** A place on a side wall: `deep` from 0 at the end wall to 1 at the lens, `up` from 0 at the floor to 1. */
function onWall(side: -1 | 1, deep: number, up: number): [number, number] {
  const x = side < 0 ? 256 * (1 - deep) : 384 + 256 * deep;
  const [foot, top] = [210 + 150 * deep, 120 - 120 * deep];
  return [x, foot + (top - foot) * up];
}

function wallPanel(
  canvas: Canvas,
  side: -1 | 1,
  from: number,
  to: number,
  up: [number, number],
  colour: Colour,
): void {
  const [low, high] = up;
  const corners = [
    onWall(side, from, low),
    onWall(side, to, low),
    onWall(side, to, high),
    onWall(side, from, high),
  ];
  canvas.polygon(corners, colour);
}

/** A corridor of flats: doors, lamps in the ceiling, a green sign over the way out, somebody walking home. */
export const corridor: Scene = {
  still: (canvas) => {
    drawBox(canvas, {
      ceiling: [168, 168, 160],
      left: [150, 148, 138],
      right: [160, 156, 146],
      floor: [104, 98, 92],
      end: [134, 132, 124],
    });
    for (const side of [-1, 1] as const)
      for (const deep of [0.06, 0.24, 0.5]) {
        wallPanel(canvas, side, deep, deep + 0.1 + deep * 0.22, [0, 0.74], [96, 66, 46]);
        wallPanel(canvas, side, deep + 0.01, deep + 0.085 + deep * 0.22, [0.02, 0.71], [122, 84, 58]);
      }
    canvas.rectangle(296, 136, 48, 74, [74, 84, 90]);
    canvas.rectangle(300, 124, 40, 9, [46, 168, 92]);
    for (const deep of [0.08, 0.3, 0.66]) {
      const y = 120 - 120 * deep;
      canvas.polygon(
        [
          [300 - 90 * deep, y],
          [340 + 90 * deep, y],
          [336 + 70 * deep, y + 5 + 12 * deep],
          [304 - 70 * deep, y + 5 + 12 * deep],
        ],
        [248, 248, 236],
      );
      canvas.puff(320, y + 10, 90 + 220 * deep, 40 + 60 * deep, [58, 58, 50], 0.8, true);
    }
    canvas.vignette(0.5);
  },
  moving: (canvas, phase) => {
    const deep = 0.05 + 0.75 * (1 - Math.abs(2 * phase - 1));
    drawPerson(
      canvas,
      { x: 320 + 40 * deep, y: 212 + 128 * deep, tall: 62 + 150 * deep, stride: phase * 14 },
      [64, 78, 104],
    );
  },
  seat: { x: 208, y: 244, size: 58, ceiling: 30 },
};

/** A stairwell: two flights and a landing with a window, a lamp that flickers as old ones do. */
export const stairwell: Scene = {
  still: (canvas) => {
    canvas.fade(0, 360, [146, 144, 136], [118, 114, 108]);
    canvas.polygon(
      [
        [0, 0],
        [120, 40],
        [120, 300],
        [0, 360],
      ],
      [126, 122, 114],
    );
    canvas.polygon(
      [
        [640, 0],
        [520, 40],
        [520, 300],
        [640, 360],
      ],
      [132, 128, 120],
    );
    canvas.rectangle(270, 46, 100, 92, [70, 78, 88]);
    canvas.rectangle(276, 52, 42, 80, [168, 190, 208]);
    canvas.rectangle(322, 52, 42, 80, [160, 182, 204]);
    canvas.rectangle(120, 168, 400, 12, [92, 90, 88]);
    for (let step = 0; step < 11; step++) {
      const y = 180 + step * 16;
      const shade = 120 - step * 3;
      canvas.polygon(
        [
          [330 + step * 4, y],
          [512 + step * 11, y],
          [524 + step * 11, y + 16],
          [332 + step * 4, y + 16],
        ],
        [shade, shade, shade - 4],
      );
      canvas.rectangle(330 + step * 4, y, 182 + step * 7, 4, [172, 170, 162]);
      canvas.polygon(
        [
          [128 - step * 11, y],
          [306 - step * 4, y],
          [304 - step * 4, y + 16],
          [116 - step * 11, y + 16],
        ],
        [shade - 22, shade - 22, shade - 24],
      );
      canvas.rectangle(128 - step * 11, y + 11, 178 + step * 7, 5, [66, 64, 62]);
    }
    canvas.polygon(
      [
        [308, 116],
        [320, 116],
        [322, 340],
        [298, 340],
      ],
      [88, 60, 44],
    );
    for (const side of [-1, 1])
      canvas.polygon(
        [
          [314, 120],
          [314, 128],
          [314 + side * 220, 276],
          [314 + side * 220, 266],
        ],
        [104, 70, 50],
      );
    canvas.rectangle(460, 92, 34, 46, [176, 38, 34]);
    canvas.rectangle(466, 98, 22, 34, [206, 204, 196]);
    canvas.vignette(0.55);
  },
  moving: (canvas, phase) => {
    const flicker = Math.sin(phase * 2 * Math.PI * 7) + Math.sin(phase * 2 * Math.PI * 11) > 1.1 ? 0.35 : 0.9;
    canvas.rectangle(180, 22, 60, 8, [240, 240, 228], flicker);
    canvas.puff(210, 30, 260, 130, [52, 52, 46], flicker, true);
    const down = phase < 0.5 ? phase * 2 : 2 - phase * 2;
    drawPerson(
      canvas,
      { x: 412 + down * 44, y: 186 + down * 150, tall: 78 + down * 66, stride: phase * 20 },
      [92, 54, 52],
    );
  },
  seat: { x: 214, y: 300, size: 72, ceiling: 10 },
};

/** A warehouse aisle: racks of cartons to the roof, a forklift at its far end. */
export const warehouse: Scene = {
  still: (canvas) => {
    drawBox(canvas, {
      ceiling: [70, 76, 82],
      left: [58, 62, 68],
      right: [62, 66, 72],
      floor: [128, 128, 122],
      end: [98, 104, 110],
    });
    const cartons: readonly Colour[] = [
      [158, 122, 78],
      [140, 104, 66],
      [172, 138, 92],
      [122, 132, 140],
      [150, 116, 80],
    ];
    for (const side of [-1, 1] as const)
      for (let shelf = 0; shelf < 4; shelf++) {
        for (let k = 0; k < 11; k++) {
          const [from, to] = [(k / 11) ** 1.7, ((k + 0.86) / 11) ** 1.7];
          const low = 0.02 + shelf * 0.235;
          const colour = cartons[(k * 3 + shelf * 2 + side + 5) % cartons.length]!;
          wallPanel(canvas, side, from, to, [low, low + 0.12 + ((k + shelf) % 3) * 0.035], colour);
        }
        wallPanel(canvas, side, 0, 1, [shelf * 0.235, shelf * 0.235 + 0.02], [214, 104, 30]);
      }
    for (const side of [-1, 1] as const)
      for (let k = 0; k < 6; k++) {
        const deep = (k / 5) ** 1.7;
        wallPanel(canvas, side, deep, Math.min(1, deep + 0.008 + deep * 0.016), [0, 0.96], [44, 76, 128]);
      }
    for (const deep of [0.12, 0.4, 0.8]) {
      canvas.rectangle(296 - 60 * deep, 116 - 116 * deep, 48 + 120 * deep, 4 + 6 * deep, [250, 250, 240]);
      canvas.puff(320, 120 - 90 * deep, 120 + 160 * deep, 60, [54, 56, 54], 0.8, true);
    }
    canvas.polygon(
      [
        [268, 212],
        [272, 212],
        [40, 360],
        [20, 360],
      ],
      [220, 190, 50],
    );
    canvas.polygon(
      [
        [368, 212],
        [372, 212],
        [620, 360],
        [600, 360],
      ],
      [220, 190, 50],
    );
    canvas.vignette(0.5);
  },
  moving: (canvas, phase) => {
    const deep = 0.02 + 0.34 * (0.5 - 0.5 * Math.cos(phase * 2 * Math.PI));
    const [x, y, size] = [330 - 20 * deep, 212 + 140 * deep, 30 + 110 * deep];
    canvas.puff(x, y, size * 0.7, size * 0.12, [0, 0, 0], 0.7);
    canvas.rectangle(x - size * 0.36, y - size * 0.62, size * 0.72, size * 0.56, [222, 168, 34]);
    canvas.rectangle(x - size * 0.28, y - size * 1.1, size * 0.56, size * 0.5, [40, 42, 46]);
    canvas.rectangle(x - size * 0.22, y - size * 1.4, size * 0.06, size * 1.3, [28, 30, 34]);
    canvas.rectangle(x + size * 0.16, y - size * 1.4, size * 0.06, size * 1.3, [28, 30, 34]);
    const blink = (phase * 12) % 1 < 0.5 ? 1 : 0.15;
    canvas.puff(x, y - size * 1.16, size * 0.16, size * 0.12, [255, 150, 40], blink, true);
    drawPerson(canvas, { x: 240 + phase * 160, y: 228, tall: 62, stride: phase * 12 }, [210, 120, 34]);
  },
  seat: { x: 168, y: 240, size: 70, ceiling: 16 },
};

/** A market hall: stalls under awnings, goods, people who shop. */
export const market: Scene = {
  still: (canvas) => {
    canvas.fade(0, 150, [104, 110, 114], [156, 154, 146]);
    canvas.fade(150, 360, [142, 136, 126], [108, 102, 96]);
    for (let k = 0; k < 6; k++)
      canvas.polygon(
        [
          [k * 128 - 20, 0],
          [k * 128 - 8, 0],
          [320 + (k - 2.5) * 44, 96],
          [316 + (k - 2.5) * 44, 96],
        ],
        [82, 88, 92],
      );
    for (let k = 0; k < 5; k++) {
      canvas.rectangle(60 + k * 128, 16, 40, 6, [246, 246, 236]);
      canvas.puff(80 + k * 128, 30, 90, 50, [48, 48, 42], 0.8, true);
    }
    const awnings: readonly Colour[] = [
      [168, 52, 44],
      [44, 110, 84],
      [196, 148, 56],
      [58, 84, 132],
      [152, 66, 96],
    ];
    for (const [k, awning] of awnings.entries()) drawStall(canvas, 8 + k * 128, awning, k);
    canvas.vignette(0.45);
  },
  moving: (canvas, phase) => {
    const turn = (share: number) => (phase + share) % 1;
    const coats: readonly Colour[] = [
      [74, 92, 118],
      [132, 74, 66],
      [86, 104, 80],
      [118, 104, 132],
      [62, 62, 70],
    ];
    for (const [k, coat] of coats.entries()) {
      const along = turn(k * 0.21);
      const x = k % 2 === 0 ? -40 + along * 720 : 680 - along * 720;
      drawPerson(canvas, { x, y: 262 + k * 20, tall: 92 + k * 12, stride: phase * (14 + k) }, coat);
    }
  },
  seat: { x: 330, y: 214, size: 70, ceiling: 8 },
};

function drawStall(canvas: Canvas, x: number, awning: Colour, k: number): void {
  const pale: Colour = [222, 216, 202];
  canvas.rectangle(x + 6, 132, 5, 104, [70, 66, 62]);
  canvas.rectangle(x + 104, 132, 5, 104, [70, 66, 62]);
  canvas.rectangle(x + 2, 196, 114, 46, [122, 92, 62]);
  for (let i = 0; i < 8; i++) {
    const goods: readonly Colour[] = [
      [196, 62, 44],
      [92, 142, 62],
      [222, 156, 52],
      [206, 196, 150],
    ];
    canvas.puff(x + 13 + i * 13, 192, 9, 9, goods[(i + k) % goods.length]!, 1.6);
  }
  for (let i = 0; i < 7; i++)
    canvas.polygon(
      [
        [x + 8 + i * 15, 112],
        [x + 23 + i * 15, 112],
        [x + 18 + i * 17, 140],
        [x - 1 + i * 17, 140],
      ],
      i % 2 === 0 ? awning : pale,
    );
}
