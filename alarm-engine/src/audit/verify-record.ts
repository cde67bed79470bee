import { z } from 'zod';
import type { Queryable } from '../store/queryable.ts';
import { listAuditLinks } from '../store/sql/list-audit-links.ts';
import { listAuditRows } from '../store/sql/list-audit-rows.ts';
import { type KeptPersonal, listPersonal } from '../store/sql/list-personal.ts';
import { Pages } from './pages.ts';
import { personalDigest } from './personal.ts';
import {
  type AuditHead,
  type AuditLink,
  type AuditRow,
  bentPayload,
  type ChainFault,
  type ChainProof,
  ChainVerifier,
} from './verify-chain.ts';

export interface RecordToVerify {
  /** One connection: the record is read in one REPEATABLE READ transaction, while the station goes on writing. */
  db: Queryable;
  county: string;
  /** Heads kept outside of the table, read before the transaction begins. Any order. */
  heads: readonly AuditHead[];
  /** Told of the rows proved so far, each few thousand. */
  onProgress?: (rows: number) => void;
}

export type Verdict = ChainProof & { county: string; fault: ChainFault | null };

const rowsAPage = 20_000;
const linksAPage = 5_000;
const payloadsAPage = 1_000;

/** Proves the whole record of a county, or names the first place at which it is broken. Writes nothing. */
export async function verifyRecord(record: RecordToVerify): Promise<Verdict> {
  const { db, county } = record;
  await db.query('begin transaction isolation level repeatable read, read only');
  try {
    const heads = [...record.heads].sort((a, b) => a.no - b.no);
    const verifier = new ChainVerifier(heads);
    const fault = (await proveChain(record, verifier)) ?? (await provePayloads(db, county));
    return { county, ...verifier.proof, fault };
  } finally {
    await db.query('rollback');
  }
}

async function proveChain(
  { db, county, onProgress = () => {} }: RecordToVerify,
  verifier: ChainVerifier,
): Promise<ChainFault | null> {
  const links = new Pages<AuditLink>({
    read: (after, limit) => listAuditLinks(db, { county, after, limit }),
    placeOf: ({ batch }) => batch,
    size: linksAPage,
  });
  const rows = new Pages<AuditRow>({
    read: async (after, limit) => {
      onProgress(verifier.proof.rows);
      return listAuditRows(db, { county, after, limit });
    },
    placeOf: ({ no }) => no,
    size: rowsAPage,
  });
  for (let link = await links.load(); link !== undefined; ) {
    links.skip();
    const entries = await rowsOf(link, rows);
    const following: AuditLink | undefined = links.here ?? (await links.load());
    const fault = verifier.take({ link, entries, next: rows.here, following });
    if (fault !== null) return fault;
    link = following;
  }
  return verifier.end(await rows.load());
}

/** The rows that are filed under a link; the first that is not is left in sight. */
async function rowsOf({ batch, lastNo }: AuditLink, rows: Pages<AuditRow>): Promise<AuditRow[]> {
  const entries: AuditRow[] = [];
  for (;;) {
    const row = rows.here ?? (await rows.load());
    if (row === undefined || row.batch !== batch || row.no > lastNo) return entries;
    entries.push(row);
    rows.skip();
  }
}

async function provePayloads(db: Queryable, county: string): Promise<ChainFault | null> {
  const kept = new Pages<KeptPersonal>({
    read: (after, limit) => listPersonal(db, { county, after, limit }),
    placeOf: ({ no }) => no,
    size: payloadsAPage,
  });
  for (let one = await kept.load(); one !== undefined; one = kept.here ?? (await kept.load())) {
    const digest = personalDigest(one);
    if (!digest.equals(one.digest) || namedIn(one.detail) !== digest.toString('hex'))
      return bentPayload(one.no);
    kept.skip();
  }
  return null;
}

const naming = z.object({ personal: z.string() });

function namedIn(detail: string | null): string | null {
  return naming.safeParse(detail === null ? null : JSON.parse(detail)).data?.personal ?? null;
}
