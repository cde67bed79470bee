import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  type DrillTaken,
  drillEnding,
  drillOffer,
  drillTaken,
  drillTelling,
  drillWish,
} from '@fenghuo/contracts/drills.ts';
import { issueTesterCredential } from '../access/credentials.ts';
import { saveDrillEnding } from '../store/sql/save-drill-ending.ts';
import { saveDrillOffer } from '../store/sql/save-drill-offer.ts';
import { saveDrillProgress } from '../store/sql/save-drill-progress.ts';
import { takeDrillRun } from '../store/sql/take-drill-run.ts';
import { notFound } from './api-failure.ts';
import { endDrill } from './end-drill.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** What the runner of drills says and asks. It plays and judges; that a drill wakes nobody does not hang on it. */
export function drillRunnerRoutes(context: ApiContext): Route[] {
  const { db, county } = context;
  return [
    {
      method: 'post',
      path: '/drills/runner',
      needs: 'play-drills',
      shape: {
        summary: { zh: '演练器上报可演剧本', en: 'What the runner can play' },
        body: drillOffer,
        answers: { 204: 'nothing' },
      },
      handle: async ({ request, response }) => {
        await saveDrillOffer(db, county, readBody(request, drillOffer));
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: '/drills/take',
      needs: 'play-drills',
      shape: {
        summary: { zh: '演练器领取演练', en: 'The next run, for the runner' },
        answers: { 200: drillTaken },
      },
      handle: async ({ response }) => {
        const next = await takeDrillRun(db, county);
        const taken: DrillTaken = {
          taken: next && { ...next, ...(await issueTesterCredential(context, next.run)) },
        };
        response.json(taken);
      },
    },
    {
      method: 'post',
      path: '/drills/:run/progress',
      needs: 'play-drills',
      shape: {
        summary: { zh: '演练器上报进度', en: 'How a run goes' },
        body: drillTelling,
        answers: { 200: drillWish },
      },
      handle: async ({ request, response }) => {
        const run = readParameter(request, 'run');
        const wish = await saveDrillProgress(db, { county, run }, readBody(request, drillTelling));
        if (wish === null) throw notFound('run');
        response.json(wish);
      },
    },
    {
      method: 'post',
      path: '/drills/:run/ending',
      needs: 'play-drills',
      shape: {
        summary: { zh: '演练器提交判定与报告', en: 'The verdict of a run and its report' },
        body: drillEnding,
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session }) => {
        const run = readParameter(request, 'run');
        const kept = await saveDrillEnding(db, { county, run }, readBody(request, drillEnding));
        if (!kept) throw notFound('run');
        const answer = await endDrill(context, session.who, run, response);
        if (answer !== null) response.status(204).end();
      },
    },
  ];
}
