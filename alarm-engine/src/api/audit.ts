import { randomUUID } from 'node:crypto';
import {
  type AuditHeadAnswer,
  type AuditItem,
  type AuditPage,
  auditFilter,
  auditHead,
  auditPage,
  eraseRequest,
} from '@fenghuo/contracts/audit.ts';
import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import { z } from 'zod';
import { areaPattern } from '../access/area-scope.ts';
import { maskNumbers } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { deletePersonal } from '../store/sql/delete-personal.ts';
import { hasPersonal } from '../store/sql/has-personal.ts';
import { listAudit, type RecordedAct } from '../store/sql/list-audit.ts';
import { readAuditHead } from '../store/sql/read-audit-head.ts';
import { notFound } from './api-failure.ts';
import { act } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = auditFilter.extend({
  /** The `next` of the page before. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const rowNo = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** The record, for who looks into it; and erasing what it says of a person. */
export function auditRoutes({ db, county, commandDesk }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/audit',
      needs: 'audit',
      shape: {
        summary: { zh: '操作与决策记录', en: 'The record of acts' },
        query: pageQuery,
        answers: { 200: auditPage },
      },
      handle: async ({ request, response, session, scope }) => {
        const { before = null, limit, ...filter } = readQuery(request, pageQuery);
        const found = await listAudit(db, { county, areaPattern: areaPattern(scope), filter, before, limit });
        const mayRead = mayUse(session.who, 'personal-data', county);
        const next = found.length === limit ? (found.at(-1)?.no ?? null) : null;
        const page: AuditPage = { items: found.map((recorded) => itemOf(recorded, mayRead)), next };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/audit/head',
      needs: 'audit',
      shape: { summary: { zh: '记录的链头', en: 'Where the record ends' }, answers: { 200: auditHead } },
      handle: async ({ response }) => {
        const answer: AuditHeadAnswer = { county, head: await readAuditHead(db, county) };
        response.json(answer);
      },
    },
    {
      method: 'post',
      path: '/audit/:no/erase',
      needs: 'erase-personal',
      shape: {
        summary: { zh: '抹除记录中的个人信息', en: 'Erase what a row says of a person' },
        body: eraseRequest,
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session }) => {
        const { data: no } = rowNo.safeParse(readParameter(request, 'no'));
        const { reason } = readBody(request, eraseRequest);
        if (no === undefined || !(await hasPersonal(db, { county, no }))) throw notFound('personal data');
        const deed = { act: 'erase-personal', subject: String(no), detail: '' } as const;
        const body = { ...deed, id: randomUUID(), seat: '', reason };
        if ((await act(commandDesk, session.who, body, response)) === null) return;
        await deletePersonal(db, { county, no });
        response.status(204).end();
      },
    },
  ];
}

/** JSON texts were objects when they were recorded. */
const object = z.record(z.string(), z.unknown());

function itemOf({ payload, detail, ...entry }: RecordedAct, mayRead: boolean): AuditItem {
  const facts = object.parse(JSON.parse(detail));
  const person = payload === null || !mayRead ? null : object.parse(JSON.parse(payload));
  const said = mayRead ? entry : { ...entry, reason: maskNumbers(entry.reason) };
  if (!('personal' in facts)) return { ...said, detail: facts, personal: 'none', person: null };
  const state = payload === null ? 'erased' : mayRead ? 'kept' : 'masked';
  return { ...said, detail: facts, personal: state, person };
}
