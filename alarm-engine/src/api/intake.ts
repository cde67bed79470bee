import { randomBytes, randomUUID } from 'node:crypto';
import { eraseRequest } from '@fenghuo/contracts/audit.ts';
import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  type FoundPlace,
  type MatchList,
  matchList,
  type PlaceList,
  placeList,
  type ReportCard,
  type ReportPage,
  type ReportPlace,
  reportCard,
  reportedThings,
  reportIdOf,
  reportPage,
  reportRequest,
} from '@fenghuo/contracts/intake.ts';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { type AreaScope, areaPattern, sees } from '../access/area-scope.ts';
import { maskContact, maskNumbers } from '../access/personal-data.ts';
import { reachValues } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { matchIncidents } from '../intake/match-incidents.ts';
import { Places, placeNamed } from '../intake/places.ts';
import { eraseReportPerson } from '../store/sql/erase-report-person.ts';
import { findBuilding } from '../store/sql/find-building.ts';
import { insertReportPerson } from '../store/sql/insert-report-person.ts';
import { listIncidents } from '../store/sql/list-incidents.ts';
import { listReports } from '../store/sql/list-reports.ts';
import { notFound } from './api-failure.ts';
import { act } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const coordinate = z.coerce.number().min(-180).max(180).optional();
const id = z.string().min(1).max(64).optional();
const matchQuery = z.object({
  what: z.enum(reportedThings).optional(),
  building: id,
  area: id,
  camera: id,
  lon: coordinate,
  lat: coordinate,
  words: z.string().max(500).default(''),
  run: z.string().min(1).max(40).optional(),
});
const placeQuery = z.object({ text: z.string().max(80).default('') });
const pageQuery = z.object({
  incident: id,
  before: z
    .string()
    .regex(/^\d{1,15}(\.\d+)?:.{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** As many open incidents as a report is compared with, the newest. */
const compared = 500;

/** Taking in what people report, and what became of it. */
export function intakeRoutes(context: ApiContext): Route[] {
  const places = new Places(context.db, context.county);
  return [...takingRoutes(context, places), ...askingRoutes(context, places), ...reportRoutes(context)];
}

function takingRoutes({ db, county, commandDesk }: ApiContext, places: Places): Route[] {
  return [
    {
      method: 'post',
      path: '/reports',
      needs: 'take-report',
      shape: {
        summary: { zh: '受理人员报警', en: 'Take a report of a person' },
        body: reportRequest,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session, scope }) => {
        const { words, caller, ...told } = readBody(request, reportRequest);
        if (!(await isReachable(places, scope, told.place))) throw notFound('place');
        const subject = reportIdOf(told.id);
        const link = randomBytes(16).toString('base64url');
        const { name, phone } = caller ?? { name: '', phone: '' };
        await insertReportPerson(db, { county, report: subject, name, phone, words, link });
        const body = { ...told, act: 'take-report', subject, reason: '' } as const;
        const answer = await act(commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

/** A point lies in whatever area the writer finds it in, and is refused there. */
async function isReachable(places: Places, scope: AreaScope, place: ReportPlace): Promise<boolean> {
  if (place.by === 'point') return true;
  const found = placeNamed(await places.index(), place);
  return found !== null && sees(scope, found.area);
}

/** What is asked while somebody still speaks. */
function askingRoutes({ db, county, clock }: ApiContext, places: Places): Route[] {
  return [
    {
      method: 'get',
      path: '/places',
      needs: 'take-report',
      shape: {
        summary: { zh: '查找地点', en: 'Look for a place' },
        query: placeQuery,
        answers: { 200: placeList },
      },
      handle: async ({ request, response, scope }) => {
        const { text } = readQuery(request, placeQuery);
        const list: PlaceList = { places: (await places.index()).search(text, scope) };
        response.json(list);
      },
    },
    {
      method: 'get',
      path: '/intake/matches',
      needs: 'take-report',
      shape: {
        summary: { zh: '可能相关的在办警情', en: 'Open incidents that a report may belong to' },
        query: matchQuery,
        answers: { 200: matchList },
      },
      handle: async ({ request, response, scope }) => {
        const asked = readQuery(request, matchQuery);
        const place = whereOf(await places.index(), asked);
        const open = await listIncidents(db, {
          ...{
            county,
            areaPattern: areaPattern(scope),
            unit: null,
            open: true,
            before: null,
            limit: compared,
          },
        });
        const { what = null, words, run = null, building = null } = asked;
        const heard = { now: clock(), what, words, run, building, ...place };
        const list: MatchList = { matches: matchIncidents(heard, open) };
        response.json(list);
      },
    },
  ];
}

type Asked = z.infer<typeof matchQuery>;

function whereOf(index: Parameters<typeof placeNamed>[0], { building, area, camera, lon, lat }: Asked) {
  const named = (place: ReportPlace | null): FoundPlace | null => place && placeNamed(index, place);
  const found =
    (building === undefined ? null : named({ by: 'building', building, floor: null })) ??
    (camera === undefined ? null : named({ by: 'camera', camera })) ??
    (area === undefined ? null : named({ by: 'area', area }));
  const isArea = found?.kind === 'village' || found?.kind === 'township';
  if (found === null) return { area: null, lon: lon ?? null, lat: lat ?? null };
  return isArea ? { area: found.area, lon: null, lat: null } : found;
}

/** Reports that were taken, and what became of them. */
function reportRoutes({ db, county, commandDesk }: ApiContext): Route[] {
  const anyReport = { report: null, incident: null, before: null, limit: 1 };
  return [
    {
      method: 'get',
      path: '/reports',
      needs: 'live',
      shape: {
        summary: { zh: '人员报警列表', en: 'Reports of people' },
        query: pageQuery,
        answers: { 200: reportPage },
      },
      handle: async ({ request, response, session, scope }) => {
        const { incident = null, before, limit } = readQuery(request, pageQuery);
        const reports = await listReports(db, {
          ...{ county, ...reachValues(scope), report: null, incident, limit },
          before: before === undefined ? null : readMark(before),
        });
        const last = reports.length === limit ? reports.at(-1) : undefined;
        const mayRead = mayUse(session.who, 'personal-data', county);
        const shown = mayRead ? reports : reports.map(masked);
        const page: ReportPage = {
          reports: shown,
          next: last === undefined ? null : `${last.at}:${last.id}`,
        };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/reports/:id',
      needs: 'live',
      shape: {
        summary: { zh: '一条人员报警及其去向', en: 'A report and what became of it' },
        answers: { 200: reportCard },
      },
      handle: async ({ request, response, session, scope }) => {
        const report = readParameter(request, 'id');
        const [card] = await listReports(db, { ...anyReport, county, ...reachValues(scope), report });
        if (card === undefined) throw notFound('report');
        response.json(mayUse(session.who, 'personal-data', county) ? card : masked(card));
      },
    },
    {
      method: 'post',
      path: '/reports/:id/erase',
      needs: 'erase-personal',
      shape: {
        summary: { zh: '抹除报警人信息', en: 'Erase who reported' },
        body: eraseRequest,
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session, scope }) => {
        const report = readParameter(request, 'id');
        const { reason } = readBody(request, eraseRequest);
        const inArea = { areaPattern: areaPattern(scope), unit: null };
        const [card] = await listReports(db, { ...anyReport, county, ...inArea, report });
        if (card === undefined) throw notFound('report');
        const body = { act: 'erase-personal', subject: report, detail: 'report', seat: '', reason } as const;
        if ((await act(commandDesk, session.who, { ...body, id: randomUUID() }, response)) === null) return;
        await eraseReportPerson(db, { county, report });
        response.status(204).end();
      },
    },
    {
      method: 'get',
      path: '/buildings/:id/qr.svg',
      needs: 'live',
      shape: {
        summary: { zh: '建筑的扫码上报二维码', en: "QR code of a building's public page" },
        answers: { 200: 'image/svg+xml' },
      },
      handle: async ({ request, response, scope }) => {
        const building = readParameter(request, 'id');
        const found = await findBuilding(db, {
          county,
          id: building,
          ...{ areaPattern: areaPattern(scope), unit: null },
        });
        if (found === null) throw notFound('building');
        const page = `${request.protocol}://${request.get('host')}/report?b=${encodeURIComponent(building)}`;
        response.type('image/svg+xml').send(renderSVG(page, { border: 4, ecc: 'M' }));
      },
    },
  ];
}

function masked(card: ReportCard): ReportCard {
  return { ...card, caller: card.caller && maskContact(card.caller), words: maskNumbers(card.words) };
}

function readMark(text: string): { at: number; id: string } {
  const colon = text.indexOf(':');
  return { at: Number(text.slice(0, colon)), id: text.slice(colon + 1) };
}
