import {
  type AreaIndex,
  type IndexValues,
  indexValues,
  type SafetyIndex,
  safetyIndex,
} from '@fenghuo/contracts/safety-index.ts';
import { z } from 'zod';
import { type AreaScope, sees } from '../access/area-scope.ts';
import { IndexDesk } from '../safety-index/index-desk.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const indexQuery = z.object({
  level: z.enum(['county', 'township', 'village']).optional(),
  /** Only this area and what lies in it. */
  area: z
    .string()
    .regex(/^\d{6,12}$/, 'the code of an area')
    .optional(),
});

type IndexQuery = z.infer<typeof indexQuery>;

/** The safety index of every area that the caller sees, with its parts. */
export function safetyIndexRoutes({ db, county, clock, log, safetyIndexFile }: ApiContext): Route[] {
  const desk = new IndexDesk({ db, county, file: safetyIndexFile, clock, log });
  return [
    {
      method: 'get',
      path: '/safety-index',
      needs: 'live',
      shape: {
        summary: { zh: '平安指数', en: 'Safety index, with what it is made of' },
        query: indexQuery,
        answers: { 200: safetyIndex },
      },
      handle: async ({ request, response, scope }) => {
        const asked = readQuery(request, indexQuery);
        const { at, book, faults, areas } = await desk.current();
        const index: SafetyIndex = {
          ...{ at, periodMs: book.periodMs, faults: [...faults] },
          parts: book.parts.map(({ without: _, figureOf: __, ...part }) => part),
          areas: areas.filter((one) => isAsked(one, asked, scope)),
        };
        response.json(index);
      },
    },
    {
      method: 'get',
      path: '/safety-index/values',
      needs: 'live',
      shape: {
        summary: { zh: '平安指数的数值', en: 'Safety index, nothing but the figures' },
        query: indexQuery,
        answers: { 200: indexValues },
      },
      handle: async ({ request, response, scope }) => {
        const asked = readQuery(request, indexQuery);
        const { at, areas } = await desk.current();
        const seen = areas.filter((one) => isAsked(one, asked, scope));
        const values: IndexValues = {
          at,
          values: Object.fromEntries(seen.map((one) => [one.area, one.value])),
        };
        response.json(values);
      },
    },
  ];
}

function isAsked(one: AreaIndex, { level, area = '' }: IndexQuery, scope: AreaScope): boolean {
  return one.area.startsWith(area) && sees(scope, one.area) && (level === undefined || one.level === level);
}
