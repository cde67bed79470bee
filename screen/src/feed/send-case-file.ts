/** A file for a case, as `uploadQuery` of case.ts has it. */
export interface CaseFile {
  id: string;
  caseCode: string;
  name: string;
  note: string;
  /** When it was taken, server time in ms; null: now. */
  doneAt: number | null;
  bytes: BodyInit;
}

/** Sends a file to the case; null: no answer at all. What was sent under its id once is kept once. */
export async function sendCaseFile({
  id,
  caseCode,
  name,
  note,
  doneAt,
  bytes,
}: CaseFile): Promise<Response | null> {
  const query = new URLSearchParams({
    id,
    name,
    note,
    ...(doneAt === null ? {} : { doneAt: String(Math.round(doneAt)) }),
  });
  const path = `/api/v1/cases/${encodeURIComponent(caseCode)}/files?${query}`;
  const headers = { 'X-Fenghuo': '1', 'Content-Type': 'application/octet-stream' };
  return fetch(path, { method: 'POST', headers, body: bytes }).catch(() => null);
}
