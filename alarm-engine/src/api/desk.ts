import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import {
  type AlarmLinePage,
  alarmLinePage,
  type DeskViews,
  deskViews,
  deskViewToSave,
  mostDeskViews,
} from '@fenghuo/contracts/desk.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import type { Request } from 'express';
import { z } from 'zod';
import { reachValues } from '../access/reach.ts';
import { deleteDeskView } from '../store/sql/delete-desk-view.ts';
import { listAlarmLines } from '../store/sql/list-alarm-lines.ts';
import { listDeskViews } from '../store/sql/list-desk-views.ts';
import { saveDeskView } from '../store/sql/save-desk-view.ts';
import { ApiFailure } from './api-failure.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
});

/** What a desk reads beside the socket: every open alarm as a line, and the views of whoever sits there. */
export function deskRoutes(context: ApiContext): Route[] {
  return [alarmLines(context), ...viewRoutes(context)];
}

/** Pages by id: each is read in a moment of its own, and the socket tells what changed since. */
function alarmLines({ db, county }: ApiContext): Route {
  return {
    method: 'get',
    path: '/alarm-lines',
    needs: 'live',
    shape: {
      summary: { zh: '在案告警逐条（列表用）', en: 'Every open alarm, as a line of a list' },
      query: pageQuery,
      answers: { 200: alarmLinePage },
    },
    handle: async ({ request, response, scope }) => {
      const { after = null, limit } = readQuery(request, pageQuery);
      const lines = await listAlarmLines(db, { county, ...reachValues(scope), after, limit });
      await turnOfTheLoop();
      const page: AlarmLinePage = { lines, next: lines.length === limit ? lines.at(-1)!.id : null };
      response.json(page);
    },
  };
}

function viewRoutes({ db }: ApiContext): Route[] {
  const viewsOf = async (account: string): Promise<DeskViews> => ({
    views: await listDeskViews(db, account),
  });
  return [
    {
      method: 'get',
      path: '/desk-views',
      needs: 'session',
      shape: {
        summary: { zh: '本人保存的列表视图', en: 'Saved views of the list' },
        answers: { 200: deskViews },
      },
      handle: async ({ response, session }) => void response.json(await viewsOf(session.who.account)),
    },
    {
      method: 'put',
      path: '/desk-views/:name',
      needs: 'session',
      shape: {
        summary: { zh: '保存列表视图', en: 'Saves a view of the list' },
        body: deskViewToSave,
        answers: { 200: deskViews, 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const { query } = readBody(request, deskViewToSave);
        const { account, rights } = session.who;
        if (rights !== undefined)
          throw new ApiFailure(403, 'not-authorised', 'A program has no views of its own.');
        if (!(await saveDeskView(db, { account, name: readName(request), query, most: mostDeskViews })))
          throw new ApiFailure(409, 'too-many', `An account has ${mostDeskViews} views at most.`);
        response.json(await viewsOf(account));
      },
    },
    {
      method: 'delete',
      path: '/desk-views/:name',
      needs: 'session',
      shape: {
        summary: { zh: '删除列表视图', en: 'Deletes a view of the list' },
        answers: { 200: deskViews },
      },
      handle: async ({ request, response, session }) => {
        await deleteDeskView(db, { account: session.who.account, name: readName(request) });
        response.json(await viewsOf(session.who.account));
      },
    },
  ];
}

/** What somebody calls a view: a line of 40 characters at most. */
function readName(request: Request): string {
  const name = readParameter(request, 'name').trim();
  if (name === '' || name.length > 40)
    throw new ApiFailure(400, 'invalid', 'The name has 1 to 40 characters.');
  return name;
}
