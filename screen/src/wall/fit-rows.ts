export interface RowRoom {
  /** Height that the list has. */
  available: number;
  count: number;
  /** Heights of a row with details and of a row on one line. */
  roomy: number;
  compact: number;
  /** Height of the line that says how many more there are. */
  note: number;
}

export interface FittedRows {
  row: 'roomy' | 'compact';
  shown: number;
  hidden: number;
}

/** Whole rows only: with details if all fit so, else on one line each, else as many as fit and a number. */
export function fitRows({ available, count, roomy, compact, note }: RowRoom): FittedRows {
  if (count * roomy <= available) return { row: 'roomy', shown: count, hidden: 0 };
  if (count * compact <= available) return { row: 'compact', shown: count, hidden: 0 };
  const shown = Math.min(count, Math.max(0, Math.floor((available - note) / compact)));
  return { row: 'compact', shown, hidden: count - shown };
}
