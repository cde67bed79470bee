import { type Box, boxesNear, type LabelWish } from './place-labels.ts';

/** A name on the map: a township, a village, or a neighbouring county. */
export interface MapName {
  id: string;
  text: string;
  lon: number;
  lat: number;
  kind: 'township' | 'village' | 'neighbour';
}

export interface PlacedName extends Box {
  name: MapName;
}

/** Size in rem and colour. Both stay above 1/70 of the wall's height and 4.5:1 on the county's ground. */
export const nameLooks = {
  township: { rem: 1.2, colour: '#a9b8c6', weight: 500 },
  village: { rem: 1, colour: '#93a2af', weight: 500 },
  neighbour: { rem: 1.05, colour: '#7d8e9e', weight: 500 },
} as const;

/** Room that a name takes beyond its letters, rem: villages are many, and a map full of names tells nothing. */
const roomRem = { township: 0.4, village: 3.4, neighbour: 0.4 };

export const nameOutline = '#0b0f14';

const fontOf = (name: MapName, rem: number) => {
  const { rem: size, weight } = nameLooks[name.kind];
  return `${weight} ${size * rem}px Barlow, "Noto Sans SC", sans-serif`;
};

export interface NameDrawing {
  context: CanvasRenderingContext2D;
  /** Pixels of 1rem. */
  rem: number;
}

export function nameWish(
  { context, rem }: NameDrawing,
  name: MapName,
  at: { x: number; y: number },
): LabelWish<PlacedName> {
  context.font = fontOf(name, rem);
  const lines = name.kind === 'village' ? 2.2 : 1.25;
  const size = {
    w: context.measureText(name.text).width + rem * roomRem[name.kind],
    h: nameLooks[name.kind].rem * rem * lines,
  };
  return { id: name.id, candidates: boxesNear(at, size).map((box) => ({ ...box, name })) };
}

export function drawNames({ context, rem }: NameDrawing, placed: Iterable<PlacedName>): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = nameOutline;
  context.lineWidth = rem * 0.3;
  for (const { name, x, y, w, h } of placed) {
    context.font = fontOf(name, rem);
    context.fillStyle = nameLooks[name.kind].colour;
    context.strokeText(name.text, x + w / 2, y + h / 2);
    context.fillText(name.text, x + w / 2, y + h / 2);
  }
}
