/** A picture of the mosaic, as far as it decides who is next. */
export interface MosaicCell {
  camera: string | null;
  /** When it was taken, ms; 0: there is none yet. */
  takenAt: number;
}

export interface MosaicTurn {
  cell: number;
  camera: string;
}

/**
 * What is taken next: the camera that the scan passed last and that is not on the mosaic, into an empty cell or over the
 * oldest picture; when all are on it, the oldest is taken again. `atWork`: cells whose picture is being taken, and of which
 * camera. Null: there is nothing to do.
 */
export function nextTurn(
  cells: readonly MosaicCell[],
  passed: readonly string[],
  atWork: ReadonlyMap<number, string>,
): MosaicTurn | null {
  const free = [...cells.keys()]
    .filter((i) => !atWork.has(i))
    .sort((a, b) => cells[a]!.takenAt - cells[b]!.takenAt);
  const shown = new Set([...cells.map(({ camera }) => camera), ...atWork.values()]);
  const fresh = passed.find((id) => !shown.has(id));
  if (fresh !== undefined) return free[0] === undefined ? null : { cell: free[0], camera: fresh };
  const taken = free.find((i) => cells[i]!.camera !== null);
  return taken === undefined ? null : { cell: taken, camera: cells[taken]!.camera! };
}
