import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { CaseExport, Dossier } from '@fenghuo/contracts/case.ts';
import { type AreaScope, areaPattern } from '../access/area-scope.ts';
import type { AuditRow } from '../audit/verify-chain.ts';
import type { Queryable } from '../store/queryable.ts';
import { listCaseLinks } from '../store/sql/list-case-links.ts';
import { listSealedRows } from '../store/sql/list-sealed-rows.ts';
import { proofOf } from './export-case.ts';
import { exportedFiles } from './read-attachments.ts';

export interface CaseToExport {
  dossier: Dossier;
  /** Rows of the record about it. */
  entries: readonly AuditRow[];
  county: string;
  scope: AreaScope;
  now: number;
  by: string;
  /** May see what else was sealed with it. */
  isAuditor: boolean;
}

/** Rows of other cases in the same batches; a storm's batch holds thousands. */
const mostOthers = 20_000;

/** Writes a case as one JSON file, its attachments one after the other, and ends the stream. */
export async function writeExport(db: Queryable, taken: CaseToExport, out: Writable): Promise<void> {
  const { dossier, county, now, by } = taken;
  const record = await recordOf(db, taken);
  const head: Omit<CaseExport, 'files'> = {
    ...{ format: 'fenghuo-case/1', exportedAt: now, exportedBy: by, county, dossier, record },
  };
  await write(out, `${JSON.stringify(head).slice(0, -1)},"files":[`);
  let separator = '';
  for await (const file of exportedFiles(db, dossier)) {
    await write(out, separator + JSON.stringify(file));
    separator = ',';
  }
  out.end(']}');
}

async function recordOf(
  db: Queryable,
  { entries, county, scope, isAuditor }: CaseToExport,
): Promise<CaseExport['record']> {
  const batches = [...new Set(entries.map(({ batch }) => batch))];
  const links = await listCaseLinks(db, { county, batches });
  const wish = { county, batches, areaPattern: areaPattern(scope), limit: mostOthers };
  return proofOf({ links, entries, sealed: isAuditor ? await listSealedRows(db, wish) : [] });
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text) && !out.destroyed) await Promise.race([once(out, 'drain'), once(out, 'close')]);
}
