import { randomUUID } from 'node:crypto';
import { type Attachment, attached, downloadQuery, uploadQuery } from '@fenghuo/contracts/case.ts';
import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import type { Request } from 'express';
import { reachValues } from '../access/reach.ts';
import { type PreparedAttachment, prepareAttachment } from '../cases/prepare-attachment.ts';
import { mostBytes } from '../cases/recognise-file.ts';
import { findAttachment } from '../store/sql/find-attachment.ts';
import { findBytes } from '../store/sql/find-bytes.ts';
import { findCase } from '../store/sql/find-case.ts';
import { insertBytes } from '../store/sql/insert-bytes.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { codeIn } from './cases.ts';
import { act } from './commands.ts';
import { readBytes, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Taken in at once: each is in memory whole, 64 MB at most, and drawn on one core. */
const mostAtOnce = 3;
const endings = { 'image/jpeg': 'jpg', 'video/mp4': 'mp4', 'video/webm': 'webm', 'application/pdf': 'pdf' };
const taken = ['image/jpeg', 'video/mp4', 'video/webm', 'application/pdf'] as const;

/** Files of a case: photos, films and documents. */
export function caseFileRoutes({ db, county, commandDesk }: ApiContext): Route[] {
  let underWay = 0;
  const takeIn = async (request: Request, name: string): Promise<PreparedAttachment> => {
    if (underWay >= mostAtOnce) throw busy;
    underWay += 1;
    try {
      return await prepareAttachment(await readBytes(request, Math.max(...Object.values(mostBytes))), name);
    } finally {
      underWay -= 1;
    }
  };
  return [
    {
      method: 'post',
      path: '/cases/:code/files',
      needs: 'add-evidence',
      shape: {
        summary: { zh: '上传案件附件', en: 'A file for a case' },
        query: uploadQuery,
        upload: [...taken, 'image/png', 'image/webp', 'image/avif'],
        answers: {
          201: attached,
          202: commandWaiting,
          409: commandAnswer,
          413: apiError,
          415: apiError,
          503: apiError,
        },
      },
      handle: async ({ request, response, session, scope }) => {
        const code = codeIn(readParameter(request, 'code'));
        const { id = randomUUID(), note, name, doneAt } = readQuery(request, uploadQuery);
        const found = await findCase(db, { county, code, ...reachValues(scope) });
        if (found === null) throw notFound('case');
        const prepared = await takeIn(request, name);
        if (!prepared.ok) throw refused(prepared);
        const { file, content, small } = prepared;
        await insertBytes(db, { sha256: file.sha256, content, small });
        const body = {
          id,
          seat: '',
          reason: note,
          act: 'add-evidence',
          subject: found.incident.id,
          file,
          ...(doneAt === undefined ? {} : { doneAt }),
        } as const;
        const answer = await act(commandDesk, session.who, body, response);
        if (answer?.ok === true) response.status(201).json({ id, file });
        else if (answer !== null) response.status(409).json(answer);
      },
    },
    {
      method: 'get',
      path: '/cases/:code/files/:id',
      needs: 'personal-data',
      shape: {
        summary: { zh: '案件附件', en: 'A file of a case' },
        query: downloadQuery,
        answers: { 200: taken },
      },
      handle: async ({ request, response, scope }) => {
        const code = codeIn(readParameter(request, 'code'));
        const { size } = readQuery(request, downloadQuery);
        const wish = { county, code, ...reachValues(scope), id: readParameter(request, 'id') };
        const file = await findAttachment(db, wish);
        if (file === null) throw notFound('file');
        const small = size === 'small' && file.kind === 'photo';
        const bytes = await findBytes(db, { sha256: file.sha256, small });
        if (bytes === null) throw notFound('file');
        response.set({ ...safely(file, `${code}-${wish.id}`), 'X-Fenghuo-SHA256': file.sha256 }).end(bytes);
      },
    },
  ];
}

/** A file of someone else runs nothing, is taken for nothing else, and is saved under a name of ours. */
function safely({ type, kind }: Attachment, name: string): Record<string, string> {
  const ending = endings[type as keyof typeof endings];
  return {
    'Content-Type': type,
    'Content-Disposition': `${kind === 'document' ? 'attachment' : 'inline'}; filename="${name}.${ending}"`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  };
}

const busy = new ApiFailure(
  503,
  'busy',
  '正在接收其他附件，请稍候再传 / Other files are being taken in: try again shortly.',
);

function refused({ reason, message }: Extract<PreparedAttachment, { ok: false }>): ApiFailure {
  return new ApiFailure(reason === 'too-large' ? 413 : 415, reason, `${message.zh} / ${message.en}.`);
}
