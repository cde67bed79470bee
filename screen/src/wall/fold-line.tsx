import type { Folding } from '../state/folding.ts';
import { AlarmsLeftOut } from '../ui/alarms-left-out.tsx';
import { FloodWords, FoldedWords } from '../ui/flood-words.tsx';
import { SeverityMark } from '../ui/severity-mark.tsx';

/** At the foot of the list while a room is in flood: what is told as a number, and why. */
export function FoldLine({ folding: { folded, floods } }: { folding: Folding }) {
  if (floods.length === 0) return null;
  return (
    <footer className="fold-line" data-folded={folded.length}>
      {folded.length > 0 && (
        <p className="fold-line-count">
          <SeverityMark severity="low" drill={folded.every(({ incident }) => incident.run !== null)} />
          <FoldedWords folded={folded} />
        </p>
      )}
      <AlarmsLeftOut />
      <p className="fold-line-why">
        <FloodWords floods={floods} />
      </p>
    </footer>
  );
}
