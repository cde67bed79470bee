export interface TileRoom {
  /** Room for all tiles, in rem. */
  width: number;
  height: number;
  /** Most tiles that are wanted. */
  most: number;
  /** Height of the words above a picture, and the gap between tiles. */
  head: number;
  gap: number;
  /** Narrower than this nothing is seen in a picture. */
  least: number;
}

export interface FittedTiles {
  count: number;
  columns: number;
  /** Of a tile, in rem; its picture is 16:9. */
  width: number;
}

const pictureRatio = 16 / 9;

/** As many tiles as are wanted and are not too small to be seen; arranged so that they are as large as can be. */
export function fitTiles(room: TileRoom): FittedTiles {
  return fittingTiles(room)[0] ?? { count: 0, columns: 1, width: 0 };
}

/** From so many pictures on, larger ones say more than another one. */
const enough = 3;

/** Like {@link fitTiles}, but of the counts that are enough the one whose pictures fill the most of the room. */
export function fillWithTiles(room: TileRoom): FittedTiles {
  const fitting = fittingTiles(room);
  const area = ({ count, width }: FittedTiles) => count * width ** 2;
  const [first, ...others] = fitting.filter(({ count }) => count >= enough);
  if (first === undefined) return fitTiles(room);
  return others.reduce((best, other) => (area(other) > area(best) ? other : best), first);
}

/** For each count that is not too small to be seen its arrangement with the largest tiles, the most tiles first. */
function fittingTiles({ width, height, most, head, gap, least }: TileRoom): FittedTiles[] {
  const fitting: FittedTiles[] = [];
  for (let count = most; count > 0; count--) {
    let best: FittedTiles = { count, columns: 1, width: 0 };
    for (let columns = 1; columns <= count; columns++) {
      const rows = Math.ceil(count / columns);
      const byWidth = (width - gap * (columns - 1)) / columns;
      const byHeight = ((height - gap * (rows - 1)) / rows - head) * pictureRatio;
      const fitted = Math.min(byWidth, byHeight);
      if (fitted > best.width) best = { count, columns, width: fitted };
    }
    if (best.width >= least) fitting.push(best);
  }
  return fitting;
}
