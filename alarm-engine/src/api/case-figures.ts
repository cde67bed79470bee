import { type CaseFigures, caseFigures, levelTargets } from '@fenghuo/contracts/case-figures.ts';
import { z } from 'zod';
import { narrowedPattern } from '../access/area-scope.ts';
import { dealtWith } from '../stats/case-figures.ts';
import { listCaseCountsOfAreas, listCaseCountsOfUnits } from '../store/sql/list-case-counts.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const dayMs = 24 * 3_600_000;
const longestMs = 366 * dayMs;

const time = z.coerce.number().int().min(0).max(4e12);
/** A period, milliseconds since 1970; without `to` it ends now, without `from` it is the 30 days before. */
const figuresQuery = z.object({
  by: z.enum(['area', 'unit']).default('area'),
  /** Of areas; absent: townships, or villages where only a village is seen or asked for. */
  level: z.enum(['county', 'township', 'village']).optional(),
  area: z
    .string()
    .regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area')
    .optional(),
  from: time.optional(),
  to: time.optional(),
  /** Most units. */
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** How cases were dealt with, by area or unit. */
export function caseFigureRoutes({ db, county, clock }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/case-figures',
      needs: 'live',
      shape: {
        summary: { zh: '办结情况统计', en: 'How cases were dealt with, by area or unit' },
        query: figuresQuery,
        answers: { 200: caseFigures },
      },
      handle: async ({ request, response, scope }) => {
        const asked = readQuery(request, figuresQuery);
        const { by, limit, to = clock(), from = to - 30 * dayMs } = asked;
        const areaPattern = narrowedPattern(scope, asked.area);
        const period = { county, areaPattern, from: Math.max(from, to - longestMs), to };
        const counted =
          by === 'area'
            ? await listCaseCountsOfAreas(db, {
                ...period,
                level: asked.level ?? levelFor(asked.area ?? scope.area),
              })
            : await listCaseCountsOfUnits(db, { ...period, limit });
        const rows = counted.map(({ id, level, name, ...counts }) => ({
          id,
          level,
          name,
          ...dealtWith(counts),
        }));
        const figures: CaseFigures = { from: period.from, to, targets: levelTargets, rows };
        response.json(figures);
      },
    },
  ];
}

const levelFor = (area: string) => (area.length < 12 ? 'township' : 'village');
