import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import type { BuildingFrame, BuildingShape } from './building-shape.ts';
import type { QuarterKind } from './quarters.ts';
import type { Street } from './street.ts';
import type { Township, Village } from './villages.ts';

/** A building on its place, before it has a name. */
export interface PlacedBuilding {
  use: BuildingUse;
  shape: BuildingShape;
  frame: BuildingFrame;
  /** Quarter of its village, 0 is the core, −1 alone in the fields. */
  quarter: number;
  quarterKind: QuarterKind | 'fields';
}

/** A village as it was built. */
export interface Settlement {
  township: Township;
  village: Village;
  buildings: PlacedBuilding[];
  /** Streets of its quarters, and the road that links it to the rest of the county. */
  streets: Street[];
  link: Street | null;
}
