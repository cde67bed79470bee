import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import { errorsOf, inOrder } from '../rules/book-errors.ts';
import { type BookError, BookText } from '../rules/book-text.ts';
import { type IndexBook, indexBookOf, indexBookSchema } from './index-book.ts';

export type ReadIndexBook = { ok: true; book: IndexBook } | { ok: false; errors: BookError[] };

/** Reads the text of an index, as the rulebook is read: one with an error is refused whole, with all of its errors. */
export function readIndexBook(text: string): ReadIndexBook {
  const source = new BookText(text);
  if (source.syntaxErrors.length > 0) return { ok: false, errors: source.syntaxErrors };
  const read = indexBookSchema.safeParse(source.data, toldBothWays);
  if (read.success) return { ok: true, book: indexBookOf(read.data) };
  return { ok: false, errors: inOrder(read.error.issues.flatMap((issue) => errorsOf(source, issue))) };
}
