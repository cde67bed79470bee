import { readRulebook } from './rules/read-rulebook.ts';
import type { Rulebook } from './rules/rulebook.ts';
import { shippedRulebook } from './shipped-rulebook.ts';
import type { Queryable } from './store/queryable.ts';
import { findRulebook } from './store/sql/find-rulebook.ts';

export interface BookFound {
  rulebook: Rulebook;
  /** Newer versions that this program cannot read: an older program wrote them, or a newer one. */
  unreadable: number[];
}

/**
 * The newest revision up to a version (absent: of all) that can be read. An alarm centre that does not start because
 * of its book would be worse than one with an older book; who starts it must be told.
 */
export async function rulebookInForce(db: Queryable, county: string, upTo?: number): Promise<BookFound> {
  const unreadable: number[] = [];
  for (let most = upTo; ; ) {
    const found = await findRulebook(db, { county, upTo: most });
    if (found === null) return { rulebook: shippedRulebook(), unreadable };
    const read = readRulebook(found.text, found.version);
    if (read.ok) return { rulebook: read.rulebook, unreadable };
    unreadable.push(found.version);
    most = found.version - 1;
  }
}
