import { wordsOf } from '@fenghuo/contracts/both-ways.ts';
import type { z } from 'zod';
import type { BookError, BookText } from './book-text.ts';

/**
 * What a schema found in data that was parsed `toldBothWays`, where it stands in the text. A custom issue may say `at` which
 * character of a text it begins.
 */
export function errorsOf(source: BookText, issue: z.core.$ZodIssue): BookError[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        source.errorAtKey(issue.path, key, { zh: '此处没有这个键', en: 'is not known here' }),
      );
    case 'custom': {
      const at: unknown = issue.params?.at;
      return [source.errorAt(issue.path, wordsOf(issue.message), typeof at === 'number' ? at : null)];
    }
    default:
      return [source.errorAt(issue.path, wordsOf(issue.message))];
  }
}

/** By line and column. */
export function inOrder(errors: readonly BookError[]): BookError[] {
  return errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
