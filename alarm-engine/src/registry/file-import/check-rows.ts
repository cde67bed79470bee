import type { FileOutcome, RowRemark } from '@fenghuo/contracts/registry.ts';
import type { z } from 'zod';
import type { FileRow } from './file-rows.ts';

interface CheckedRow<T> {
  row: number;
  value: T;
  outcome: FileOutcome;
}

export interface CheckedRows<T> {
  kept: CheckedRow<T>[];
  errors: RowRemark[];
}

export type Refuse = (field: string, zh: string, en: string) => void;

export interface Kind<T> {
  schema: z.ZodType<T>;
  before: ReadonlyMap<string, T>;
  /** What the row says, where the file has no column what is there already; with everything that is wrong with it. */
  read: (row: FileRow, before: T | null, refuse: Refuse) => unknown;
}

/** Every row as the registry would have it, or all that is wrong with it: a file is mended in one go. Pure. */
export function checkRows<T>(rows: readonly FileRow[], { schema, before, read }: Kind<T>): CheckedRows<T> {
  const checked: CheckedRows<T> = { kept: [], errors: [] };
  const seen = new Map<string, number>();
  for (const one of rows) {
    const { row, texts } = one;
    const id = texts.id ?? '';
    const faults: RowRemark[] = [];
    const refuse: Refuse = (field, zh, en) => void faults.push({ row, field, message: { zh, en } });
    const first = seen.get(id);
    if (id === '') refuse('id', '缺少编号', 'There is no id');
    else if (first !== undefined)
      refuse('id', `${id} 已在第 ${first} 行出现`, `${id} stands in row ${first} already`);
    else seen.set(id, row);
    const known = before.get(id) ?? null;
    const parsed = schema.safeParse(read(one, known, refuse));
    if (!parsed.success && faults.length === 0)
      for (const { path, message } of parsed.error.issues)
        refuse(String(path[0] ?? ''), `不合规：${message}`, `Not as expected: ${message}`);
    checked.errors.push(...faults);
    if (parsed.success && faults.length === 0)
      checked.kept.push({ row, value: parsed.data, outcome: outcomeOf(parsed.data, known) });
  }
  return checked;
}

function outcomeOf<T>(value: T, before: T | null): FileOutcome {
  if (before === null) return 'added';
  return JSON.stringify(value) === JSON.stringify(before) ? 'same' : 'changed';
}

/** A number of a cell; what is there already where there is no such column. */
export function numberIn(
  text: string | undefined,
  field: string,
  before: number | null,
  refuse: Refuse,
): number | null {
  if (text === undefined) return before;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  refuse(field, `“${text}”不是数`, `"${text}" is not a number`);
  return null;
}
