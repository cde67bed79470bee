import type { DrillVerdict, JudgedLine } from '@fenghuo/contracts/drills.ts';

/** Slower by no more than this may be the machine's doing. */
const noiseShare = 0.2;
const noiseMs = 20;

/** How the later run stands to the earlier one, line by line. */
type Turn = 'broken' | 'mended' | 'slower' | 'faster' | 'same' | 'new' | 'gone';

export interface ComparedLine {
  name: string;
  what: JudgedLine['what'];
  unit: JudgedLine['unit'];
  before: JudgedLine | null;
  after: JudgedLine | null;
  turn: Turn;
}

/** Two verdicts side by side, the earlier first; in the order of the later one, what it no longer asks last. Pure. */
export function compareVerdicts(earlier: DrillVerdict, later: DrillVerdict): ComparedLine[] {
  const before = new Map(earlier.judged.map((line) => [line.name, line]));
  const after = new Map(later.judged.map((line) => [line.name, line]));
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return names.map((name) => {
    const [one = null, other = null] = [before.get(name), after.get(name)];
    const { what, unit } = (other ?? one)!;
    return { name, what, unit, before: one, after: other, turn: turnOf(one, other) };
  });
}

function turnOf(before: JudgedLine | null, after: JudgedLine | null): Turn {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  if (before.ok !== after.ok) return after.ok ? 'mended' : 'broken';
  if (after.unit !== 'ms' || before.found === null || after.found === null) return 'same';
  const by = after.found - before.found;
  if (Math.abs(by) <= Math.max(noiseMs, before.found * noiseShare)) return 'same';
  return by > 0 ? 'slower' : 'faster';
}
