import type { TimeLineEntry } from '@fenghuo/contracts/case.ts';

/** A key of each entry, which it keeps while the time line grows at its end: two may say the same at the same time. Pure. */
export function entryKeys(timeLine: readonly TimeLineEntry[]): string[] {
  const told = new Map<string, number>();
  return timeLine.map(({ at, by, what }) => {
    const said = `${at} ${by} ${what.en}`;
    const before = told.get(said) ?? 0;
    told.set(said, before + 1);
    return `${said} ${before}`;
  });
}
