import type { CaseExport, Dossier } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../store/queryable.ts';
import { findBytes } from '../store/sql/find-bytes.ts';

/** So many pictures are printed; 30 kB each. */
const mostPictures = 60;
/** So many bytes of attachments go into one export, a third more as base64. */
const mostExported = 256 * 1024 * 1024;

/** Small pictures of the photos of a case as `data:` addresses, by the id of the evidence. */
export async function picturesOf(db: Queryable, { evidence }: Dossier): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  for (const { id, file } of evidence.filter(({ kind }) => kind === 'photo').slice(0, mostPictures)) {
    const bytes = file === null ? null : await findBytes(db, { sha256: file.sha256, small: true });
    if (bytes !== null) pictures.set(id, `data:image/jpeg;base64,${bytes.toString('base64')}`);
  }
  return pictures;
}

/** The files of a case one by one, so that one at a time is in memory. */
export async function* exportedFiles(
  db: Queryable,
  { evidence }: Dossier,
): AsyncGenerator<CaseExport['files'][number]> {
  let left = mostExported;
  for (const { id, file } of evidence) {
    if (file === null) continue;
    left -= file.bytes;
    const bytes = left < 0 ? null : await findBytes(db, { sha256: file.sha256, small: false });
    yield { id, sha256: file.sha256, content: bytes?.toString('base64') ?? null };
  }
}
