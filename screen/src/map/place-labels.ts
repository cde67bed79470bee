/** A rectangle on the screen in CSS pixels; `x`, `y` is its upper left corner. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

const inside = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;

/** A text that wants a place: its candidates, the best first. */
export interface LabelWish<C extends Box> {
  id: string;
  candidates: readonly C[];
}

export interface LabelRoom<C extends Box> {
  /** Where labels may stand at all. */
  within: Box;
  /** What no label may touch, such as the alarm marks. */
  obstacles: readonly Box[];
  /** The most important first. */
  wishes: readonly LabelWish<C>[];
}

/** Gives each wish its first candidate that touches nothing placed before it; those without room are absent. */
export function placeLabels<C extends Box>({ within, obstacles, wishes }: LabelRoom<C>): Map<string, C> {
  const taken: Box[] = [...obstacles];
  const placed = new Map<string, C>();
  for (const { id, candidates } of wishes) {
    const spot = candidates.find((box) => inside(box, within) && !taken.some((other) => overlap(box, other)));
    if (spot === undefined) continue;
    placed.set(id, spot);
    taken.push(spot);
  }
  return placed;
}

/** Boxes for a text of a size around a mark: right of it, left, above, below; then above and below to either side. */
export function boxesAround(
  at: { x: number; y: number },
  size: { w: number; h: number },
  gap: number,
): Box[] {
  const { w, h } = size;
  const middle = at.y - h / 2;
  const centre = at.x - w / 2;
  return [
    { x: at.x + gap, y: middle, w, h },
    { x: at.x - gap - w, y: middle, w, h },
    { x: centre, y: at.y - gap - h, w, h },
    { x: centre, y: at.y + gap, w, h },
    ...[at.y - gap - h, at.y + gap].flatMap((y) => [
      { x: at.x - gap, y, w, h },
      { x: at.x + gap - w, y, w, h },
    ]),
  ];
}

/** Boxes for a name that stands on its place and may give way by up to about two and a half lines. */
export function boxesNear(at: { x: number; y: number }, { w, h }: { w: number; h: number }): Box[] {
  const steps = [0, -1.3, 1.3, -2.4, 2.4];
  const sides = [0, -0.6, 0.6];
  return steps.flatMap((down) =>
    sides.map((across) => ({ x: at.x - w / 2 + across * w, y: at.y - h / 2 + down * h, w, h })),
  );
}
