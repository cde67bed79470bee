import { attached } from '@fenghuo/contracts/case.ts';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import { queryClient } from '../../feed/queries.ts';
import { bodyOf, failureOf } from '../../feed/request.ts';
import { type CaseFile, sendCaseFile } from '../../feed/send-case-file.ts';
import type { ActOutcome } from '../act.ts';

/** What became of a file: as an act; what is no photo, film or document is refused in the server's own words. */
export type Uploaded = ActOutcome | { state: 'unusable'; message: string };

/** Sends a file to a case. What is shown of the case's evidence is read again before this says that it is done. */
export async function uploadFile(file: CaseFile): Promise<Uploaded> {
  const response = await sendCaseFile(file);
  if (response === null) return { state: 'failed', reason: 'away' };
  if (response.status === 202) return { state: 'unanswered' };
  const body = await bodyOf(response);
  if (attached.safeParse(body).success) {
    await queryClient.invalidateQueries({
      predicate: ({ queryKey: [path] }) => /\/evidence$/.test(String(path)),
    });
    return { state: 'done', version: 0 };
  }
  const read = commandAnswer.safeParse(body);
  if (read.success && !read.data.ok) return { state: 'refused', answer: read.data };
  const why = apiError.safeParse(body);
  if (why.success && [413, 415, 503].includes(response.status))
    return { state: 'unusable', message: why.data.message };
  return { state: 'failed', reason: failureOf(response.status) };
}
