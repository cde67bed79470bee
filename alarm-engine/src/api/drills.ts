import { randomBytes, randomUUID } from 'node:crypto';
import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  drillCatalogue,
  drillList,
  drillOrder,
  drillOrdered,
  drillPause,
} from '@fenghuo/contracts/drills.ts';
import { type DrillStarted, drillRequest, drillStarted, type WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Response } from 'express';
import { issueTesterCredential } from '../access/credentials.ts';
import { findDrillReport } from '../store/sql/find-drill-report.ts';
import { insertDrillRun } from '../store/sql/insert-drill-run.ts';
import { listDrills } from '../store/sql/list-drills.ts';
import { readDrillCatalogue } from '../store/sql/read-drill-catalogue.ts';
import { saveDrillWish } from '../store/sql/save-drill-wish.ts';
import { takeDrillPort } from '../store/sql/take-drill-port.ts';
import { notFound } from './api-failure.ts';
import { act } from './commands.ts';
import { endDrill } from './end-drill.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Newest drills that a list holds: half a year of two a week. */
const mostListed = 50;
/** A protocol is a page of its own: it draws itself and does nothing. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Drills: a run of its own with a credential of its own, which dies with it; and scenarios that are played in one. */
export function drillRoutes(context: ApiContext): Route[] {
  const { db, county } = context;
  const start = startOf(context);
  return [
    {
      method: 'get',
      path: '/drills/scenarios',
      needs: 'start-drill',
      shape: {
        summary: { zh: '可演练的剧本', en: 'Scenarios that can be played' },
        answers: { 200: drillCatalogue },
      },
      handle: async ({ response }) => void response.json(await readDrillCatalogue(db, county)),
    },
    {
      method: 'get',
      path: '/drills',
      needs: 'start-drill',
      shape: {
        summary: { zh: '演练列表，最近的在前', en: 'Drills, the newest first' },
        answers: { 200: drillList },
      },
      handle: async ({ response }) =>
        void response.json({ drills: await listDrills(db, county, mostListed) }),
    },
    {
      method: 'post',
      path: '/drills',
      needs: 'start-drill',
      shape: {
        summary: { zh: '开始演练', en: 'Start a drill' },
        body: drillRequest,
        answers: { 201: drillStarted, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const run = newRun();
        if (!(await start(session.who, { run, ...readBody(request, drillRequest) }, response))) return;
        const credential = await issueTesterCredential(context, run);
        const gb26875Port = await takeDrillPort(db, county, run);
        const topicRoot = `fenghuo-drill/v1/${run}/~`;
        const started: DrillStarted = { run, topicRoot, ...credential, gb26875Port };
        response.status(201).json(started);
      },
    },
    {
      method: 'post',
      path: '/drills/runs',
      needs: 'start-drill',
      shape: {
        summary: { zh: '按剧本开始演练', en: 'Start a drill that plays a scenario' },
        body: drillOrder,
        answers: { 201: drillOrdered, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const { scenario: name, seed, participants } = readBody(request, drillOrder);
        const { scenarios } = await readDrillCatalogue(db, county);
        const scenario = scenarios.find((one) => one.name === name);
        if (scenario === undefined) throw notFound('scenario');
        const run = newRun();
        const title = `${scenario.title.zh} · ${scenario.title.en}`.slice(0, 120);
        await insertDrillRun(db, { run, county, scenario: name, seed, orderedBy: session.who.account });
        if (!(await start(session.who, { run, title, participants }, response))) return;
        response.status(201).json({ run, gb26875Port: await takeDrillPort(db, county, run) });
      },
    },
    {
      method: 'post',
      path: '/drills/:run/wish',
      needs: 'start-drill',
      shape: {
        summary: { zh: '暂停或继续演练', en: 'Pause a drill, or let it go on' },
        body: drillPause,
        answers: { 204: 'nothing' },
      },
      handle: async ({ request, response }) => {
        const run = readParameter(request, 'run');
        const there = await saveDrillWish(db, { county, run }, readBody(request, drillPause));
        if (!there) throw notFound('run');
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: '/drills/:run/end',
      needs: 'end-drill',
      shape: {
        summary: { zh: '结束演练', en: 'End a drill' },
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const run = readParameter(request, 'run');
        await saveDrillWish(db, { county, run }, { wish: 'stop' });
        const answer = await endDrill(context, session.who, run, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
    {
      method: 'get',
      path: '/drills/:run/report',
      needs: 'start-drill',
      shape: {
        summary: { zh: '演练报告', en: 'The protocol of a drill' },
        answers: { 200: 'text/html' },
      },
      handle: async ({ request, response }) => {
        const report = await findDrillReport(db, { county, run: readParameter(request, 'run') });
        if (report === null) throw notFound('report');
        response.set('Content-Security-Policy', reportPolicy).type('html').send(report);
      },
    },
  ];
}

/** Has the writer start a drill; false when the request is already answered, because it did not, or not in time. */
function startOf({ commandDesk }: ApiContext) {
  return async (
    who: WhoAmI,
    { run, title, participants }: { run: string; title: string; participants: string[] },
    response: Response,
  ): Promise<boolean> => {
    const body = { act: 'start-drill', id: randomUUID(), subject: run, title, participants } as const;
    const answer = await act(commandDesk, who, { ...body, seat: '', reason: '' }, response);
    if (answer?.ok === false) response.status(409).json(answer);
    return answer?.ok === true;
  };
}

/** `drill-` and 40 random bits: short enough for a topic, and never the run of an earlier drill. */
function newRun(): string {
  return `drill-${randomBytes(5).toString('hex')}`;
}
