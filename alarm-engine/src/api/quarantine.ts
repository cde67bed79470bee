import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  type QuarantineFilter,
  type QuarantineMessage,
  type QuarantinePage,
  quarantineFilter,
  quarantineMessage,
  quarantinePage,
  type ReprocessAsked,
  reprocessAsked,
  reprocessRequest,
} from '@fenghuo/contracts/quarantine.ts';
import { apiError, type WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Response } from 'express';
import { z } from 'zod';
import { askReprocessing } from '../store/sql/ask-reprocessing.ts';
import { countQuarantine } from '../store/sql/count-quarantine.ts';
import { findQuarantined } from '../store/sql/find-quarantined.ts';
import { listQuarantine } from '../store/sql/list-quarantine.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = quarantineFilter.extend({
  /** Only messages with smaller numbers: the smallest of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const messageNo = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** What could not be read, and asking for another try. */
export function quarantineRoutes(context: ApiContext): Route[] {
  return [...readingRoutes(context), ...reprocessRoutes(context)];
}

function readingRoutes({ db, county, clock }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/quarantine',
      needs: 'quarantine',
      shape: {
        summary: { zh: '隔离的报文', en: 'Messages in quarantine' },
        query: pageQuery,
        answers: { 200: quarantinePage },
      },
      handle: async ({ request, response }) => {
        const { before = null, limit, ...filter } = readQuery(request, pageQuery);
        const counts = await countQuarantine(db, county, clock());
        const messages = await listQuarantine(db, { county, filter, before, limit });
        const total = Object.values(counts.byReason).reduce((sum, count) => sum + count, 0);
        const page: QuarantinePage = { total, ...counts, messages };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/quarantine/:no',
      needs: 'quarantine',
      shape: {
        summary: { zh: '一条隔离报文', en: 'One message in quarantine' },
        answers: { 200: quarantineMessage },
      },
      handle: async ({ request, response }) => {
        const { data: no } = messageNo.safeParse(readParameter(request, 'no'));
        const message = no === undefined ? null : await findQuarantined(db, { county, no });
        if (message === null) throw notFound('message');
        response.json(message);
      },
    },
  ];
}

function reprocessRoutes(context: ApiContext): Route[] {
  const { db, county } = context;
  return [
    {
      method: 'post',
      path: '/quarantine/reprocess',
      needs: 'reprocess-quarantine',
      shape: {
        summary: { zh: '重新处理一批隔离报文', en: 'Process messages again' },
        body: reprocessRequest,
        answers: { 202: z.union([reprocessAsked, commandWaiting]) },
      },
      handle: async ({ request, response, session }) => {
        const { limit, ...filter } = readBody(request, reprocessRequest);
        await ask(context, session.who, response, { no: null, filter, limit });
      },
    },
    {
      method: 'post',
      path: '/quarantine/:no/reprocess',
      needs: 'reprocess-quarantine',
      shape: {
        summary: { zh: '重新处理一条隔离报文', en: 'Process one message again' },
        answers: { 202: z.union([reprocessAsked, commandWaiting]), 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const { data: no } = messageNo.safeParse(readParameter(request, 'no'));
        const message = no === undefined ? null : await findQuarantined(db, { county, no });
        if (message === null) throw notFound('message');
        if (!mayTry.has(message.outcome)) throw notAgain;
        await ask(context, session.who, response, { no: message.no, filter: {}, limit: 1 });
      },
    },
  ];
}

const mayTry: ReadonlySet<QuarantineMessage['outcome']> = new Set(['untried', 'refused', 'not-authorised']);
const notAgain = new ApiFailure(409, 'not-again', 'It waits already, or was processed with success.');

interface Wish {
  no: number | null;
  filter: QuarantineFilter;
  limit: number;
}

/**
 * Puts the act on the record, then marks the messages. The web touches no queue: the marks are found by the
 * gateway's side (`quarantine/reprocess-desk.ts`), wherever that runs, also after a restart of either.
 */
async function ask(context: ApiContext, who: WhoAmI, response: Response, wish: Wish): Promise<void> {
  const { db, county, commandDesk } = context;
  const subject = wish.no === null ? 'filter' : String(wish.no);
  const deed = { act: 'reprocess-quarantine', subject, detail: JSON.stringify(wish) } as const;
  if (!(await onRecord(commandDesk, who, deed, response))) return;
  const asked: ReprocessAsked = {
    asked: await askReprocessing(db, { ...wish, county, askedBy: who.account }),
  };
  if (wish.no !== null && asked.asked === 0) throw notAgain;
  response.status(202).json(asked);
}
