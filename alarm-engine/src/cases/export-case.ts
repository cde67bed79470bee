import type { CaseExport, CaseLink, SealedEntry } from '@fenghuo/contracts/case.ts';
import { linkDigest } from '../audit/chain.ts';
import type { AuditLink, AuditRow } from '../audit/verify-chain.ts';

/** Rows of the record about a case, what else lies in the batches in which they were sealed, and the links. */
export interface CaseRecord {
  links: readonly AuditLink[];
  entries: readonly AuditRow[];
  /** Rows of the same batches that the reader may see. */
  sealed: readonly AuditRow[];
}

/** The part of an export that proves what it says: rows as they were hashed, and the links over them. Pure. */
export function proofOf({ links, entries, sealed }: CaseRecord): CaseExport['record'] {
  const own = new Set(entries.map(({ no }) => no));
  const others = sealed.filter(({ no }) => !own.has(no));
  const present = new Set([...own, ...others.map(({ no }) => no)]);
  return {
    links: links.map((link) => linkOf(link, present)),
    entries: entries.map(entryOf),
    others: others.map(entryOf),
  };
}

function linkOf(
  { batch, firstNo, lastNo, previous, digest }: AuditLink,
  present: ReadonlySet<number>,
): CaseLink {
  let complete = true;
  for (let no = firstNo; no <= lastNo; no += 1) complete &&= present.has(no);
  const hex = (bytes: Buffer) => bytes.toString('hex');
  return { batch, firstNo, lastNo, previous: hex(previous), digest: hex(digest), complete };
}

function entryOf({ batch: _, ...entry }: AuditRow): SealedEntry {
  return entry;
}

/**
 * Works out the links of an export that are complete: the numbers of those that do not hold. An export that was bent
 * does not hold; whether the links are the county's, its record says (`npm run audit -- verify`). Pure.
 */
export function brokenLinks({ links, entries, others }: CaseExport['record']): number[] {
  const rows = [...entries, ...others].sort((a, b) => a.no - b.no);
  return links
    .filter(({ complete }) => complete)
    .filter(({ firstNo, lastNo, previous, digest }) => {
      const sealed = rows.filter(({ no }) => no >= firstNo && no <= lastNo);
      return linkDigest(Buffer.from(previous, 'hex'), sealed).toString('hex') !== digest;
    })
    .map(({ batch }) => batch);
}
