import type { QuarantinePage } from '@fenghuo/contracts/rest.ts';
import { z } from 'zod';
import { countQuarantine } from '../store/sql/count-quarantine.ts';
import { listQuarantine } from '../store/sql/list-quarantine.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  reason: z.string().max(64).optional(),
  /** Only messages with smaller numbers: the smallest of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function quarantineRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/quarantine',
      needs: 'quarantine',
      handle: async ({ request, response }) => {
        const { reason, before, limit } = readQuery(request, pageQuery);
        const byReason = await countQuarantine(db, county);
        const messages = await listQuarantine(db, {
          county,
          reason: reason ?? null,
          before: before ?? null,
          limit,
        });
        const total = Object.values(byReason).reduce((sum, count) => sum + count, 0);
        const page: QuarantinePage = { total, byReason, messages };
        response.json(page);
      },
    },
  ];
}
