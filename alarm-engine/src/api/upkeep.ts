import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import {
  type UpkeepBuildings,
  type UpkeepFigures,
  type UpkeepOrder,
  type UpkeepPage,
  type UpkeepRoutes,
  upkeepBuildings,
  upkeepFigures,
  upkeepPage,
  upkeepRoutes,
} from '@fenghuo/contracts/upkeep.ts';
import { eventKinds } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { type AreaScope, narrowedPattern } from '../access/area-scope.ts';
import { maskUpkeep } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { countOpenUpkeep } from '../store/sql/count-open-upkeep.ts';
import { countUpkeepDays } from '../store/sql/count-upkeep-days.ts';
import { listTownships } from '../store/sql/list-townships.ts';
import { listUpkeep } from '../store/sql/list-upkeep.ts';
import { listUpkeepBuildings } from '../store/sql/list-upkeep-buildings.ts';
import { listUpkeepPlaces } from '../store/sql/list-upkeep-places.ts';
import { listUpkeepUnits } from '../store/sql/list-upkeep-units.ts';
import type { UpkeepWish } from '../store/sql/upkeep-wish.ts';
import { daysOfDriving } from '../upkeep/days-of-driving.ts';
import { openFigures } from '../upkeep/open-figures.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const longestMs = 366 * dayMs;

const areaCode = z
  .string()
  .regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area')
  .optional();
const filters = {
  area: areaCode,
  kind: z.enum(eventKinds).nullable().default(null),
  building: z.string().max(64).nullable().default(null),
  /** Id of a unit, or `nobody`. */
  assignee: z.string().max(64).nullable().default(null),
  overdue: z.stringbool().nullable().default(null),
  /** Open for so many hours at least. */
  olderThanHours: z.coerce.number().min(0).max(87_600).nullable().default(null),
};
const limit = z.coerce.number().int().min(1).max(500).default(100);
/** The `next` of the page before. */
const after = z
  .string()
  .regex(/^\d{1,15}:.{1,64}$/)
  .optional();
const pageQuery = z.object({ ...filters, state: z.enum(['open', 'closed']).default('open'), after, limit });
const buildingsQuery = z.object({ ...filters, after, limit });
const routesQuery = z.object({
  ...filters,
  assignee: z.string().max(64).nullable().default('nobody'),
  /** How long a day of drive and work is. */
  hours: z.coerce.number().min(1).max(12).default(6),
});
const time = z.coerce.number().int().min(0).max(4e12);
const figuresQuery = z.object({ area: areaCode, from: time.optional(), to: time.optional() });

type Filters = Omit<UpkeepWish, 'county' | 'areaPattern' | 'openedBefore' | 'now'> & {
  area?: string | undefined;
  olderThanHours: number | null;
};

/** The upkeep queue: as a list, by building, as days of driving, and measured. Changed by commands. */
export function upkeepRoutesOf({ db, county, timeZone, clock }: ApiContext): Route[] {
  const wishOf = (scope: AreaScope, { area, olderThanHours, ...wish }: Filters): UpkeepWish => {
    const now = clock();
    const openedBefore = olderThanHours === null ? null : now - olderThanHours * hourMs;
    return { ...wish, county, areaPattern: narrowedPattern(scope, area), openedBefore, now };
  };
  return [
    {
      method: 'get',
      path: '/upkeep',
      needs: 'live',
      shape: {
        summary: { zh: '维保单列表', en: 'Work orders of upkeep' },
        query: pageQuery,
        answers: { 200: upkeepPage },
      },
      handle: async ({ request, response, session, scope }) => {
        const { state, after, limit, ...asked } = readQuery(request, pageQuery);
        const place = after === undefined ? null : readPlace(after);
        const wish = { ...wishOf(scope, asked), state, limit };
        const found = await listUpkeep(db, { ...wish, after: place && { at: place.number, id: place.text } });
        const orders = mayUse(session.who, 'personal-data', county) ? found : found.map(maskUpkeep);
        const page: UpkeepPage = { orders, next: found.length === limit ? placeOf(found.at(-1)!) : null };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/upkeep/buildings',
      needs: 'live',
      shape: {
        summary: { zh: '按建筑归并的维保单', en: 'Upkeep by building' },
        query: buildingsQuery,
        answers: { 200: upkeepBuildings },
      },
      handle: async ({ request, response, scope }) => {
        const { after, limit, ...asked } = readQuery(request, buildingsQuery);
        const place = after === undefined ? null : readPlace(after);
        const found = await listUpkeepBuildings(db, {
          ...{ ...wishOf(scope, asked), limit },
          after: place && { count: place.number, key: place.text },
        });
        const last = found.length === limit ? found.at(-1) : undefined;
        const page: UpkeepBuildings = {
          buildings: found.map(({ key: _, ...building }) => building),
          next: last === undefined ? null : `${last.count}:${last.key}`,
        };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/upkeep/routes',
      needs: 'live',
      shape: {
        summary: { zh: '按路线归并的维保单', en: 'Upkeep by route: days of driving' },
        query: routesQuery,
        answers: { 200: upkeepRoutes },
      },
      handle: async ({ request, response, scope }) => {
        const { hours, ...asked } = readQuery(request, routesQuery);
        const wish = wishOf(scope, asked);
        const places = Map.groupBy(await listUpkeepPlaces(db, wish), ({ township }) => township);
        const routes: UpkeepRoutes = { at: wish.now, townships: [] };
        for (const township of await listTownships(db, county)) {
          const here = places.get(township.area);
          if (here === undefined) continue;
          routes.townships.push(daysOfDriving(township, here, { dayMinutes: hours * 60 }));
          await turnOfTheLoop();
        }
        response.json(routes);
      },
    },
    {
      method: 'get',
      path: '/upkeep/figures',
      needs: 'live',
      shape: {
        summary: { zh: '维保统计', en: 'Figures of upkeep' },
        query: figuresQuery,
        answers: { 200: upkeepFigures },
      },
      handle: async ({ request, response, scope }) => {
        const now = clock();
        const { area, to = now, from = to - 30 * dayMs } = readQuery(request, figuresQuery);
        const areaPattern = narrowedPattern(scope, area);
        const period = { county, areaPattern, from: Math.max(from, to - longestMs), to };
        const figures: UpkeepFigures = {
          ...{ from: period.from, to },
          open: openFigures(await countOpenUpkeep(db, { county, areaPattern, now })),
          days: await countUpkeepDays(db, { ...period, timeZone }),
          units: await listUpkeepUnits(db, { ...period, now }),
        };
        response.json(figures);
      },
    },
  ];
}

const placeOf = ({ openedAt, closedAt, id }: UpkeepOrder) => `${closedAt ?? openedAt}:${id}`;

function readPlace(text: string): { number: number; text: string } {
  const colon = text.indexOf(':');
  return { number: Number(text.slice(0, colon)), text: text.slice(colon + 1) };
}
