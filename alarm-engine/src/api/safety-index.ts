import { type SafetyIndex, safetyIndex } from '@fenghuo/contracts/safety-index.ts';
import { z } from 'zod';
import { sees } from '../access/area-scope.ts';
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
        const { level, area = county } = readQuery(request, indexQuery);
        const { at, book, faults, areas } = await desk.current();
        const index: SafetyIndex = {
          ...{ at, periodMs: book.periodMs, faults: [...faults] },
          parts: book.parts.map(({ without: _, figureOf: __, ...part }) => part),
          areas: areas.filter(
            (one) =>
              one.area.startsWith(area) &&
              sees(scope, one.area) &&
              (level === undefined || one.level === level),
          ),
        };
        response.json(index);
      },
    },
  ];
}
