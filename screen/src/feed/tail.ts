/**
 * What to do with a batch of changes that covers the numbers (`after`, `no`], when the viewer holds `held`.
 * Records come whole, so a batch that overlaps what is held may be applied once more without harm; one
 * that starts later than what is held leaves a gap, and only a new snapshot closes it.
 */
export type TailStep = 'apply' | 'already-held' | 'gap';

export function tailStep(held: number | null, batch: { after: number; no: number }): TailStep {
  if (held === null || batch.after > held) return 'gap';
  return batch.no <= held ? 'already-held' : 'apply';
}
