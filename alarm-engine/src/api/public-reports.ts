import { randomBytes } from 'node:crypto';
import {
  type PublicReceipt,
  publicBuilding,
  publicReceipt,
  publicReport,
  publicStatus,
  reportIdOf,
  type TakeReport,
} from '@fenghuo/contracts/intake.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import { Places } from '../intake/places.ts';
import { ReportLimits } from '../intake/report-limits.ts';
import { findPublicReport } from '../store/sql/find-public-report.ts';
import { insertCommand } from '../store/sql/insert-command.ts';
import { insertReportPerson } from '../store/sql/insert-report-person.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const minutes = 60_000;
/** Of one address, of one building, and of the whole county: a prank fills no room. */
const limits = {
  address: { times: 5, withinMs: 10 * minutes },
  building: { times: 10, withinMs: 10 * minutes },
  county: { times: 200, withinMs: 10 * minutes },
};

/**
 * What nobody has to sign in for. A report is answered before the writer sees it, and always alike, so that it tells
 * nothing of what goes on there; a link tells the fate of one report.
 */
export function publicReportRoutes({ db, county, clock }: ApiContext): Route[] {
  const places = new Places(db, county);
  const byAddress = new ReportLimits(limits.address);
  const byBuilding = new ReportLimits(limits.building);
  const byCounty = new ReportLimits(limits.county);
  const waitS = (address: string, building: string) =>
    byAddress.take(address, clock()) || byBuilding.take(building, clock()) || byCounty.take('', clock());
  return [
    {
      method: 'get',
      path: '/public/buildings/:id',
      needs: 'nothing',
      shape: {
        summary: { zh: '扫码上报页的建筑名称', en: 'Name of a building, for the public page' },
        answers: { 200: publicBuilding },
      },
      handle: async ({ request, response }) => {
        const found = (await places.index()).find('building', readParameter(request, 'id'));
        if (found === null) throw notFound('building');
        response.json(publicBuilding.parse(found));
      },
    },
    {
      method: 'post',
      path: '/public/reports',
      needs: 'nothing',
      shape: {
        summary: { zh: '居民扫码上报', en: "A resident's report" },
        body: publicReport,
        answers: { 202: publicReceipt, 429: apiError },
      },
      handle: async ({ request, response }) => {
        const { id, building, floor, what, words, name, phone } = readBody(request, publicReport);
        if ((await places.index()).find('building', building) === null) throw notFound('building');
        const retryAfterS = waitS(request.ip ?? '', building);
        if (retryAfterS > 0) {
          response.set('Retry-After', String(retryAfterS));
          throw new ApiFailure(
            429,
            'locked',
            `Too many reports. Try again in ${retryAfterS} s, or call 119.`,
          );
        }
        const report = reportIdOf(id);
        const made = randomBytes(16).toString('base64url');
        const link = await insertReportPerson(db, { county, report, name, phone, words, link: made });
        const place = { by: 'building', building, floor } as const;
        const body: TakeReport = {
          ...{ id, act: 'take-report', subject: report, seat: '', reason: '' },
          ...{ channel: 'resident', what, place, run: null, joins: null },
        };
        const mine = await insertCommand(db, { county, actor: { ...resident, area: county }, body });
        if (!mine) throw new ApiFailure(409, 'command-id-taken', 'This id was used for something else.');
        const receipt: PublicReceipt = { link: link ?? '' };
        response.status(202).json(receipt);
      },
    },
    {
      method: 'get',
      path: '/public/reports/:link',
      needs: 'nothing',
      shape: {
        summary: { zh: '上报的办理情况', en: 'What became of a report' },
        answers: { 200: publicStatus },
      },
      handle: async ({ request, response }) => {
        const found = await findPublicReport(db, { county, link: readParameter(request, 'link') });
        if (found === null) throw notFound('report');
        response.json(found);
      },
    },
  ];
}

const resident = { account: 'resident', name: '居民', role: 'resident' } as const;
