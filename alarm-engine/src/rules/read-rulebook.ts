import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import { checkBook, namesIn, windowsIn } from './book-checks.ts';
import { errorsOf, inOrder } from './book-errors.ts';
import { bookSchema } from './book-schema.ts';
import { type BookError, BookText } from './book-text.ts';
import { compileRulebook } from './compile-rulebook.ts';
import { Expressions } from './expression.ts';
import type { Rulebook } from './rulebook.ts';

export type ReadRulebook = { ok: true; rulebook: Rulebook } | { ok: false; errors: BookError[] };

/**
 * Reads a book. Pure: where it lies is the caller's affair. A book with an error is refused whole, with all of its
 * errors in the order of their lines.
 */
export function readRulebook(text: string, version: number): ReadRulebook {
  const source = new BookText(text);
  const syntax = source.syntaxErrors;
  if (syntax.length > 0) return { ok: false, errors: syntax };
  const data = source.data;
  const expressions = new Expressions(windowsIn(data));
  const read = bookSchema(expressions, namesIn(data)).safeParse(data, toldBothWays);
  const errors = [
    ...(read.error?.issues ?? []).flatMap((issue) => errorsOf(source, issue)),
    ...checkBook(data, expressions).map(({ path, message }) => source.errorAt(path, message)),
  ];
  if (!read.success || errors.length > 0) return { ok: false, errors: inOrder(errors) };
  return { ok: true, rulebook: compileRulebook({ draft: read.data, expressions, text, version }) };
}
