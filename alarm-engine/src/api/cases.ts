import {
  type CasePage,
  type CaseReport,
  caseExport,
  casePage,
  caseQuery,
  type Dossier,
  dossier as dossierShape,
  reportQuery,
  shownReport,
} from '@fenghuo/contracts/case.ts';
import type { Request } from 'express';
import { narrowedPattern } from '../access/area-scope.ts';
import { type Reach, reachValues } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { maskDossier } from '../cases/mask-dossier.ts';
import { picturesOf } from '../cases/read-attachments.ts';
import { readCaseCode } from '../cases/read-case-code.ts';
import { readDossier } from '../cases/read-dossier.ts';
import { reportPage } from '../cases/report-page.ts';
import { writeExport } from '../cases/write-export.ts';
import { writeReport } from '../cases/write-report.ts';
import { listCases } from '../store/sql/list-cases.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** The cases of the house by their codes: found, looked through, printed and taken away. */
export function caseRoutes({ db, county, timeZone, clock }: ApiContext): Route[] {
  const found = async (request: Request, scope: Reach) => {
    const code = codeIn(readParameter(request, 'code'));
    const read = await readDossier(db, { county, code, ...reachValues(scope) });
    if (read === null) throw notFound('case');
    return read;
  };
  return [
    {
      method: 'get',
      path: '/cases',
      needs: 'live',
      shape: { summary: { zh: '案件检索', en: 'Cases' }, query: caseQuery, answers: { 200: casePage } },
      handle: async ({ request, response, session, scope }) => {
        const { code, area, run = null, state, before, limit, ...query } = readQuery(request, caseQuery);
        const { text = null, building = null, device = null, from = null, to = null } = query;
        const { person = null } = query;
        const cases = await listCases(db, {
          ...{ county, areaPattern: narrowedPattern(scope, area), text, building, device, from, to, limit },
          code: code === undefined ? null : codeIn(code),
          unit: area === undefined ? scope.unit : null,
          ...{ person, mayFindNames: mayUse(session.who, 'personal-data', county) },
          open: state === undefined ? null : state === 'open',
          ...{ run: run === 'any' ? null : run, anyRun: run === 'any' || code !== undefined },
          before: before === undefined ? null : placeIn(before),
        });
        const last = cases.length === limit ? cases.at(-1) : undefined;
        const page: CasePage = {
          cases,
          next: last === undefined ? null : `${last.openedAt}:${last.incident}`,
        };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/cases/:code',
      needs: 'live',
      shape: { summary: { zh: '案卷', en: 'Everything about a case' }, answers: { 200: dossierShape } },
      handle: async ({ request, response, session, scope }) => {
        const { dossier } = await found(request, scope);
        response.json(mayUse(session.who, 'personal-data', county) ? dossier : maskDossier(dossier));
      },
    },
    {
      method: 'get',
      path: '/cases/:code/report',
      needs: 'live',
      shape: {
        summary: { zh: '复盘报告（打印页）', en: 'The after-action report, to print' },
        query: reportQuery,
        answers: { 200: 'text/html' },
      },
      handle: async ({ request, response, session, scope }) => {
        const { lang: language } = readQuery(request, reportQuery);
        const whole = (await found(request, scope)).dossier;
        const mayRead = mayUse(session.who, 'personal-data', county);
        const dossier = mayRead ? whole : maskDossier(whole);
        const [now, by] = [clock(), session.who.name];
        const pictures = mayRead ? await picturesOf(db, dossier) : new Map<string, string>();
        response.type('html').send(
          reportPage({
            ...{ dossier, language, timeZone, now, by, pictures },
            report: reportOf(dossier, now),
          }),
        );
      },
    },
    {
      method: 'get',
      path: '/cases/:code/report.json',
      needs: 'live',
      shape: {
        summary: { zh: '复盘报告（数据）', en: 'The after-action report, as data' },
        answers: { 200: shownReport },
      },
      handle: async ({ request, response, session, scope }) => {
        const { dossier } = await found(request, scope);
        const mayRead = mayUse(session.who, 'personal-data', county);
        const shown = mayRead ? dossier : maskDossier(dossier);
        response.json({ ...reportOf(shown, clock()), people: shown.people });
      },
    },
    {
      method: 'get',
      path: '/cases/:code/export.json',
      needs: 'personal-data',
      shape: {
        summary: { zh: '导出案卷（单个文件）', en: 'A case as one file' },
        answers: { 200: caseExport },
      },
      handle: async ({ request, response, session, scope }) => {
        const read = await found(request, scope);
        response.type('json').attachment(`${read.dossier.code}.json`);
        const isAuditor = mayUse(session.who, 'audit', county);
        const by = session.who.account;
        await writeExport(db, { ...read, county, scope, now: clock(), by, isAuditor }, response);
      },
    },
  ];
}

/** The one that was kept at closing; of an open case as far as it has come. */
function reportOf(dossier: Dossier, now: number): CaseReport {
  const { incident, ticket, reports } = dossier;
  const kept =
    incident.closedAt === null ? undefined : reports.find(({ round }) => round === ticket?.reopened);
  return kept ?? writeReport(dossier, now);
}

/** A case code as it is kept; what cannot be one is refused with what is wrong with it. */
export function codeIn(typed: string): string {
  const read = readCaseCode(typed);
  if (read.ok) return read.code;
  throw new ApiFailure(400, 'case-code', `${read.message.zh} / ${read.message.en}`);
}

function placeIn(text: string): { openedAt: number; id: string } {
  const colon = text.indexOf(':');
  return { openedAt: Number(text.slice(0, colon)), id: text.slice(colon + 1) };
}
