import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { isIncidentRow, type Row, rowKey } from './held-rows.ts';

/** Heights of rows as `list.css` has them, px: fixed, so that no row moves when another is measured. */
const incidentPx = 64;
const alarmPx = 34;

interface RowWindowProps {
  rows: readonly Row[];
  label: string;
  /** The row that is to be in view; it is scrolled to when it becomes another. */
  shownKey: string | null;
  hand: { pointer: (isIn: boolean) => void; scrolled: (top: number) => void };
  /** Counted up when the list is to begin at its top. */
  topTurn: number;
  draw: (row: Row) => ReactNode;
}

/** The rows in view, and no others in the page: 100,000 cost as much as twenty. */
export function RowWindow({ rows, label, shownKey, hand, topTurn, draw }: RowWindowProps) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => (isIncidentRow(rows[i]!) ? incidentPx : alarmPx),
    overscan: 8,
    useFlushSync: false,
  });
  const unfoldedRows = rows.length;
  useSizesAnew(virtual.measure, rows);
  useEffect(() => {
    if (topTurn > 0) frame.current?.scrollTo({ top: 0 });
  }, [topTurn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolled to when another is chosen, not when rows come and go
  useEffect(() => {
    const at = shownKey === null ? -1 : rows.findIndex((row) => rowKey(row) === shownKey);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [shownKey]);
  return (
    <div
      ref={frame}
      className="row-window"
      onPointerEnter={({ pointerType }) => hand.pointer(pointerType === 'mouse')}
      onPointerLeave={() => hand.pointer(false)}
      onScroll={({ currentTarget }) => hand.scrolled(currentTarget.scrollTop)}
    >
      <ul aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={rowKey(row)}
              aria-setsize={unfoldedRows}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
              {...(isIncidentRow(row)
                ? { 'data-incident': row.incident.id, 'data-severity': row.incident.severity }
                : { 'data-line': row.id })}
            >
              {draw(row)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Sizes are asked for anew when a row of another kind stands at some place. */
function useSizesAnew(measure: () => void, rows: readonly Row[]): void {
  const kinds = useRef<readonly Row[]>(rows);
  useEffect(() => {
    const before = kinds.current;
    kinds.current = rows;
    if (
      before.length === rows.length &&
      before.every((row, i) => isIncidentRow(row) === isIncidentRow(rows[i]!))
    )
      return;
    measure();
  }, [rows, measure]);
}
