import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import type { EstateErrors } from './estate-errors.ts';

export interface EstateFile<T> {
  path: string;
  schema: z.ZodType<T>;
  /** What is wrong with a row beside its shape, such as a parent that nobody knows; null when nothing is. */
  check: (row: T) => string | null;
  errors: EstateErrors;
  onBytes: (bytes: number) => void;
}

/** Yields the good rows of an NDJSON file, some hundred at a time, and notes the errors of the others. */
export async function* readEstateLines<T>({
  path,
  schema,
  check,
  errors,
  onBytes,
}: EstateFile<T>): AsyncGenerator<T[]> {
  const file = basename(path);
  let [line, rest] = [0, ''];
  const take = (texts: readonly string[]): T[] => {
    const rows: T[] = [];
    for (const text of texts) {
      line++;
      if (text.trim() === '') continue;
      const row = parseRow(text, schema);
      const problem = typeof row === 'string' ? row : check(row.row);
      if (problem !== null) errors.add(file, line, problem);
      else if (typeof row !== 'string') rows.push(row.row);
    }
    return rows;
  };
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  let told = 0;
  for await (const chunk of stream) {
    const texts = (rest + chunk).split('\n');
    rest = texts.pop() ?? '';
    yield take(texts);
    onBytes(stream.bytesRead - told);
    told = stream.bytesRead;
  }
  yield take([rest]);
}

/** The row, or what is wrong with it. */
function parseRow<T>(text: string, schema: z.ZodType<T>): { row: T } | string {
  const value = parseJson(text);
  if (value === undefined) return 'is not JSON';
  if (suspicious.test(text) && !storable(value)) return 'holds a NUL character or half a surrogate pair';
  const parsed = schema.safeParse(value);
  if (parsed.success) return { row: parsed.data };
  const issue = parsed.error.issues[0];
  return issue === undefined ? 'is invalid' : describeIssue(issue);
}

export function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return `${at}${issue.message}`;
}

/** Undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only an escape can bring in what Postgres cannot store as text: files are read as UTF-8. */
const suspicious = /\\u(0000|d[89a-f])/i;
const storable = (value: unknown) => !/\\u(0000|d[89a-f])/i.test(JSON.stringify(value));
