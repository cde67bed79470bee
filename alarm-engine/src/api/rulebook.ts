import { backtestReport, backtestRequest } from '@fenghuo/contracts/backtest.ts';
import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import {
  type RulebookCheck,
  type RulebookInForce,
  type RulebookVersions,
  rulebookCheck,
  rulebookInForce,
  rulebookToCheck,
  rulebookToPut,
  rulebookVersion,
  rulebookVersions,
} from '@fenghuo/contracts/rulebook.ts';
import { z } from 'zod';
import { rulebookInForce as readInForce } from '../rulebook-in-force.ts';
import { readRulebook } from '../rules/read-rulebook.ts';
import { findRulebook } from '../store/sql/find-rulebook.ts';
import { findRulebookFile } from '../store/sql/find-rulebook-file.ts';
import { listRulebooks } from '../store/sql/list-rulebooks.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { act } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Two minutes at the pace of the bench. */
const mostInputs = 25_000_000;
const versionNo = z.coerce.number().int().min(0).max(2_147_483_647);

/** The rulebook: what is in force, what was, and putting another one in force. */
export function rulebookRoutes(context: ApiContext): Route[] {
  const { db, county, timeZone, databaseUrl, commandDesk, backtestDesk } = context;
  return [
    {
      method: 'get',
      path: '/rulebook',
      needs: 'live',
      shape: {
        summary: { zh: '现行规则库', en: 'The rulebook in force' },
        answers: { 200: rulebookInForce },
      },
      handle: async ({ response }) => {
        response.json(await inForce(context));
      },
    },
    {
      method: 'get',
      path: '/rulebook/versions',
      needs: 'live',
      shape: {
        summary: { zh: '规则库历次版本', en: 'Versions of the rulebook' },
        query: pageQuery,
        answers: { 200: rulebookVersions },
      },
      handle: async ({ request, response }) => {
        const { before = null, limit } = readQuery(request, pageQuery);
        const page: RulebookVersions = { versions: await listRulebooks(db, { county, before, limit }) };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/rulebook/versions/:version',
      needs: 'live',
      shape: {
        summary: { zh: '规则库的一个版本', en: 'One version of the rulebook' },
        answers: { 200: rulebookVersion },
      },
      handle: async ({ request, response }) => {
        const { data: version } = versionNo.safeParse(readParameter(request, 'version'));
        const found = version === undefined ? null : await findRulebook(db, { county, upTo: version });
        if (found === null || found.version !== version) throw notFound('version of the rulebook');
        response.json(found);
      },
    },
    {
      method: 'post',
      path: '/rulebook/check',
      needs: 'put-rulebook',
      shape: {
        summary: { zh: '检查规则库', en: 'Check a rulebook' },
        body: rulebookToCheck,
        answers: { 200: rulebookCheck },
      },
      handle: async ({ request, response }) => {
        response.json(check(readBody(request, rulebookToCheck).text));
      },
    },
    {
      method: 'post',
      path: '/rulebook/backtest',
      needs: 'put-rulebook',
      shape: {
        summary: { zh: '用历史回测规则库', en: 'Run history through a rulebook' },
        body: backtestRequest,
        answers: { 200: backtestReport, 409: apiError, 422: rulebookCheck },
      },
      handle: async ({ request, response }) => {
        const wish = readBody(request, backtestRequest);
        const outcome = await backtestDesk.run({ ...wish, databaseUrl, county, timeZone, mostInputs });
        if (outcome === null) throw new ApiFailure(409, 'busy', 'Another backtest runs; wait for it.');
        if (outcome.ok) response.json(outcome.report);
        else if (outcome.reason === 'faulty-rulebook') response.status(422).json({ errors: outcome.errors });
        else throw new ApiFailure(409, outcome.reason, `${outcome.message}.`);
      },
    },
    {
      method: 'put',
      path: '/rulebook',
      needs: 'put-rulebook',
      shape: {
        summary: { zh: '启用规则库', en: 'Put a rulebook in force' },
        body: rulebookToPut,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer, 422: rulebookCheck },
      },
      handle: async ({ request, response, session }) => {
        const wish = readBody(request, rulebookToPut);
        const checked = check(wish.text);
        if (checked.errors.length > 0) {
          response.status(422).json(checked);
          return;
        }
        const body = { ...wish, act: 'put-rulebook', subject: 'rulebook' } as const;
        const answer = await act(commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

/** The book that the writer would take after a restart, which is the one that it has. */
async function inForce({ db, county }: ApiContext): Promise<RulebookInForce> {
  const { rulebook } = await readInForce(db, county);
  const revision = await findRulebook(db, { county, upTo: rulebook.version });
  if (revision === null) throw notFound('rulebook');
  const seen = await findRulebookFile(db, county);
  const file = seen && { path: seen.path, seenAt: seen.seenAt, errors: seen.errors };
  return { ...revision, file };
}

function check(text: string): RulebookCheck {
  const read = readRulebook(text, 0);
  return { errors: read.ok ? [] : read.errors };
}
