import { readFileSync } from 'node:fs';
import type { IndexBook } from './index-book.ts';
import { readIndexBook } from './read-index-book.ts';

let shipped: IndexBook | null = null;

/** The index that the house comes with: read once. Throws with all of its errors when somebody spoilt it. */
export function shippedIndexBook(): IndexBook {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): IndexBook {
  const read = readIndexBook(readFileSync(new URL('../../safety-index.yaml', import.meta.url), 'utf8'));
  if (read.ok) return read.book;
  const errors = read.errors.map(
    ({ line, column, path, message }) => `${line}:${column} ${path} ${message.en}`,
  );
  throw new Error(`safety-index.yaml:\n${errors.join('\n')}`);
}
