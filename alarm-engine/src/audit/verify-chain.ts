import type { Words } from '@fenghuo/contracts/words.ts';
import { type AuditEntry, firstDigest, linkDigest } from './chain.ts';

/** A row of the record as it is stored: the entry, and the batch that it is filed under. */
export type AuditRow = AuditEntry & { batch: number };

/** The seal of one batch as it is stored. */
export interface AuditLink {
  batch: number;
  firstNo: number;
  lastNo: number;
  previous: Buffer;
  digest: Buffer;
}

/** Where a record ended once, kept outside of the table: its last row's number and its last link in hex. */
export interface AuditHead {
  no: number;
  digest: string;
}

/**
 * What was done to a record. `cut-end`: it ends before a head that was kept; `other-head`: it goes past a kept head
 * and was another one there, so it was written anew.
 */
type FaultKind =
  | 'bent-row'
  | 'missing-row'
  | 'bent-link'
  | 'missing-link'
  | 'cut-end'
  | 'other-head'
  | 'bent-payload';

/** The first place at which a record is broken. Rows `fromNo` to `toNo` are concerned. */
export interface ChainFault {
  kind: FaultKind;
  batch: number | null;
  fromNo: number;
  toNo: number;
  message: Words;
}

/** A payload about a person is not the one that the record names, or no row names it. */
export function bentPayload(no: number): ChainFault {
  const message = {
    zh: `第 ${no} 行的个人信息与记录中的摘要不符`,
    en: `what is kept about a person at row ${no} is not what the record names`,
  };
  return { kind: 'bent-payload', batch: null, fromNo: no, toNo: no, message };
}

/** What was proved so far. */
export interface ChainProof {
  rows: number;
  links: number;
  /** Kept heads that were met. */
  heads: number;
  head: AuditHead;
}

/** One link with the rows that lie before it and under it, and what comes next. */
export interface LinkToProve {
  link: AuditLink;
  /** Rows that are filed under the link and not beyond its last number, ascending. */
  entries: readonly AuditRow[];
  /** The first row that is not, if there is one. */
  next: AuditRow | undefined;
  following: AuditLink | undefined;
}

/**
 * Proves a record from its first link on, one link at a time, or names the first that is broken. It trusts nothing
 * but the digests: rows and links may be bent, missing, swapped or added. Heads are those kept outside, ascending.
 */
export class ChainVerifier {
  readonly #heads: readonly AuditHead[];
  #previous: Buffer = firstDigest;
  #rows = 0;
  #links = 0;
  #met = 0;

  constructor(heads: readonly AuditHead[]) {
    this.#heads = heads;
  }

  get proof(): ChainProof {
    const head = { no: this.#rows, digest: this.#previous.toString('hex') };
    return { rows: this.#rows, links: this.#links, heads: this.#met, head };
  }

  /** The fault of the next link, or null when it holds. */
  take({ link, entries, next, following }: LinkToProve): ChainFault | null {
    const fault =
      this.#faultOfPlace(link, entries[0] ?? next) ??
      faultOfRows(link, entries, next) ??
      this.#faultOfDigest(link, entries, following);
    if (fault !== null) return fault;
    this.#previous = link.digest;
    this.#rows = link.lastNo;
    this.#links += 1;
    return this.#faultOfHead();
  }

  /** The fault of what is left when there are no more links. `left`: the first row that no link has. */
  end(left: AuditRow | undefined): ChainFault | null {
    if (left !== undefined) return missingLink(left.batch, this.#rows + 1, left.no);
    const head = this.#heads[this.#met];
    return head === undefined ? null : cutEnd(this.#rows, head);
  }

  /** Whether the link goes on where the one before it ended. */
  #faultOfPlace(link: AuditLink, row: AuditRow | undefined): ChainFault | null {
    const expected = this.#rows + 1;
    if (link.firstNo > expected) {
      if (row !== undefined && row.no < link.firstNo)
        return missingLink(row.batch, expected, link.firstNo - 1);
      return missingRow(null, expected, link.firstNo - 1);
    }
    if (link.firstNo === expected && link.lastNo >= link.firstNo && link.previous.equals(this.#previous))
      return null;
    return bentLink(link);
  }

  #faultOfDigest(
    link: AuditLink,
    entries: readonly AuditRow[],
    following: AuditLink | undefined,
  ): ChainFault | null {
    const digest = linkDigest(this.#previous, entries);
    if (digest.equals(link.digest)) return null;
    return following?.previous.equals(digest)
      ? bentLink(link)
      : bentRows(link.batch, link.firstNo, link.lastNo);
  }

  #faultOfHead(): ChainFault | null {
    for (let head = this.#heads[this.#met]; head !== undefined; head = this.#heads[this.#met]) {
      if (head.no > this.#rows) return null;
      if (head.no < this.#rows || head.digest !== this.#previous.toString('hex')) return otherHead(head);
      this.#met += 1;
    }
    return null;
  }
}

/** Whether the rows are all there, each once, under this link. */
function faultOfRows(
  link: AuditLink,
  entries: readonly AuditRow[],
  next: AuditRow | undefined,
): ChainFault | null {
  const gap = entries.findIndex((entry, i) => entry.no !== link.firstNo + i);
  const absent = link.firstNo + (gap < 0 ? entries.length : gap);
  if (absent > link.lastNo) return null;
  const present = gap < 0 ? next?.no : entries[gap]?.no;
  if (present === absent) return bentRows(link.batch, absent, absent);
  return missingRow(link.batch, absent, Math.min(present ?? Number.POSITIVE_INFINITY, link.lastNo + 1) - 1);
}

const rows = (fromNo: number, toNo: number): Words =>
  fromNo === toNo
    ? { zh: `第 ${fromNo} 行`, en: `row ${fromNo}` }
    : { zh: `第 ${fromNo} 至 ${toNo} 行`, en: `rows ${fromNo} to ${toNo}` };

function bentRows(batch: number, fromNo: number, toNo: number): ChainFault {
  const which = rows(fromNo, toNo);
  const message =
    fromNo === toNo
      ? { zh: `${which.zh}（批次 ${batch}）被改动`, en: `${which.en} of batch ${batch} was changed` }
      : {
          zh: `${which.zh}（批次 ${batch}）中有改动`,
          en: `one of ${which.en} of batch ${batch} was changed`,
        };
  return { kind: 'bent-row', batch, fromNo, toNo, message };
}

function missingRow(batch: number | null, fromNo: number, toNo: number): ChainFault {
  const which = rows(fromNo, toNo);
  const message =
    batch === null
      ? { zh: `${which.zh}连同其链环缺失`, en: `${which.en} and their link are missing` }
      : { zh: `${which.zh}（批次 ${batch}）缺失`, en: `${which.en} of batch ${batch} missing` };
  return { kind: 'missing-row', batch, fromNo, toNo, message };
}

function bentLink({ batch, firstNo, lastNo }: AuditLink): ChainFault {
  const message = { zh: `批次 ${batch} 的链环被改动`, en: `the link of batch ${batch} was changed` };
  return { kind: 'bent-link', batch, fromNo: firstNo, toNo: lastNo, message };
}

function missingLink(batch: number, fromNo: number, toNo: number): ChainFault {
  const which = rows(fromNo, toNo);
  const message = { zh: `从${which.zh}起没有链环`, en: `${which.en} have no link` };
  return { kind: 'missing-link', batch, fromNo, toNo, message };
}

function cutEnd(ends: number, head: AuditHead): ChainFault {
  const message = {
    zh: `记录末尾被截断：止于第 ${ends} 行，而留存的链头为第 ${head.no} 行`,
    en: `the end was cut off: the record ends at row ${ends}, and a kept head names row ${head.no}`,
  };
  return { kind: 'cut-end', batch: null, fromNo: ends + 1, toNo: head.no, message };
}

function otherHead(head: AuditHead): ChainFault {
  const message = {
    zh: `第 ${head.no} 行处的链头与留存的不符：此行及之前的记录被重写`,
    en: `at row ${head.no} the record is not the one whose head was kept: it was written anew`,
  };
  return { kind: 'other-head', batch: null, fromNo: head.no, toNo: head.no, message };
}
