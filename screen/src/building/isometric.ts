/** Metres east and south of the middle of a building's outline. */
export interface Spot {
  east: number;
  south: number;
}

/** A point of the picture plane, in metres: to the right, and upwards. */
export interface Flat {
  right: number;
  up: number;
}

/** How the building is looked at: from the south, a little from the west, and from above. Degrees. */
const azimuth = 24;
const elevation = 34;

/** Height of a slab in metres: what of a storey is drawn, so that the floor itself can be seen. */
export const slabHeight = 1.1;

const radians = Math.PI / 180;
const [sinA, cosA] = [Math.sin(azimuth * radians), Math.cos(azimuth * radians)];
const [sinE, cosE] = [Math.sin(elevation * radians), Math.cos(elevation * radians)];

/** Axes of the picture plane in a space of x east, y up, z south, all metres; `towards` points at the viewer. */
export const axes = {
  right: [cosA, 0, sinA],
  up: [sinA * sinE, cosE, -cosA * sinE],
  towards: [-sinA * cosE, sinE, cosA * cosE],
} as const;

/** Where a spot at a height, in metres, lies in the picture. Parallels stay parallel: a floor looks the same at any height. */
export function flatten({ east, south }: Spot, height: number): Flat {
  return {
    right: east * axes.right[0] + south * axes.right[2],
    up: east * axes.up[0] + height * axes.up[1] + south * axes.up[2],
  };
}

/** What the outline takes of the picture, in metres. */
export interface Extent {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export function extentOf(outline: readonly Spot[]): Extent {
  const flat = outline.map((spot) => flatten(spot, 0));
  return {
    left: Math.min(...flat.map(({ right }) => right)),
    right: Math.max(...flat.map(({ right }) => right)),
    bottom: Math.min(...flat.map(({ up }) => up)),
    top: Math.max(...flat.map(({ up }) => up)),
  };
}
