/** A line of a comparison. `no`: where it stands in the later text; of what is gone, null. */
export interface DiffLine {
  kind: 'same' | 'added' | 'gone';
  no: number | null;
  text: string;
}

/** More cells than this are not compared line by line: what differs is then shown as gone and added. */
const mostCells = 4_000_000;

/** Two texts line by line, by their longest common subsequence; what begins and ends alike is set aside first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [midA, midB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const same = (text: string, no: number): DiffLine => ({ kind: 'same', no, text });
  return [
    ...b.slice(0, head).map((text, i) => same(text, i + 1)),
    ...diffMiddle(midA, midB, head),
    ...b.slice(b.length - tail).map((text, i) => same(text, b.length - tail + i + 1)),
  ];
}

function diffMiddle(a: readonly string[], b: readonly string[], offset: number): DiffLine[] {
  const gone = (text: string): DiffLine => ({ kind: 'gone', no: null, text });
  const added = (i: number): DiffLine => ({ kind: 'added', no: offset + i + 1, text: b[i]! });
  if (a.length * b.length > mostCells) return [...a.map(gone), ...b.map((_, i) => added(i))];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', no: offset + j + 1, text: b[j]! });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
    ) {
      lines.push(gone(a[i++]!));
    } else lines.push(added(j++));
  }
  return lines;
}

/** What differs with so many lines around it; null stands for lines that are left out. */
export function hunksOf(lines: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const shown = new Set<number>();
  for (const [i, { kind }] of lines.entries())
    if (kind !== 'same') for (let at = i - around; at <= i + around; at++) shown.add(at);
  return lines.flatMap((line, i) => {
    if (shown.has(i)) return [line];
    return shown.has(i - 1) || (i === 0 && shown.size > 0) ? [null] : [];
  });
}
