import type { Words } from '@fenghuo/contracts/words.ts';
import type { Request, RequestHandler } from 'express';
import { register } from 'prom-client';
import { mayUse } from '../access/rights.ts';
import type { Queryable } from '../store/queryable.ts';
import { findRulebookFile } from '../store/sql/find-rulebook-file.ts';
import { readPulse } from '../store/sql/read-pulse.ts';
import { ApiFailure } from './api-failure.ts';
import { findCaller } from './caller.ts';
import type { ApiContext } from './route.ts';

/** A writer that has not spoken for this long is down, as far as an operator is concerned. */
const pulseTooOldMs = 5000;
const databaseWaitMs = 2000;

/**
 * Health for supervisors: 200 while the database answers and the writer lives; else 503. `problems` says what is
 * wrong, and also that the external broker is away or the rulebook file is faulty: to start the server again would
 * not mend that.
 */
export function answerHealth(context: Pick<ApiContext, 'db' | 'county'>): RequestHandler {
  return async (_request, response) => {
    const { ok, problems } = await findProblems(context);
    response
      .set('Cache-Control', 'no-store')
      .status(ok ? 200 : 503)
      .json({ ok, problems: problems.map(({ en }) => en) });
  };
}

interface Health {
  ok: boolean;
  problems: Words[];
}

/** What is wrong, in sentences. */
export async function findProblems({ db, county }: Pick<ApiContext, 'db' | 'county'>): Promise<Health> {
  const pulse = await withinTime(readPulse(db, county)).catch(() => 'no-answer' as const);
  if (pulse === 'no-answer') return ill('数据库没有应答。', 'The database does not answer.');
  if (pulse === null) return ill('主程序从未应答。', 'The writer has never given a sign of life.');
  if (pulse.ageMs >= pulseTooOldMs) return ill(...silentWriter(Math.round(pulse.ageMs / 1000)));
  const problems = [
    ...(pulse.doc.broker === 'away' ? [brokerAway] : []),
    ...((await isFileFaulty(db, county)) ? [faultyFile] : []),
  ];
  return { ok: true, problems };
}

async function isFileFaulty(db: Queryable, county: string): Promise<boolean> {
  const file = await withinTime(findRulebookFile(db, county)).catch(() => null);
  return file !== null && file.errors.length > 0;
}

const brokerAway: Words = { zh: '外部消息服务器中断。', en: 'The external broker is away.' };
const faultyFile: Words = {
  zh: '磁盘上的规则文件有误，现行规则库不变。',
  en: 'The rulebook file is faulty; the book in force stays.',
};

function silentWriter(seconds: number): [zh: string, en: string] {
  return [`主程序已 ${seconds} 秒没有应答。`, `The writer has been silent for ${seconds} s.`];
}

function ill(zh: string, en: string): Health {
  return { ok: false, problems: [{ zh, en }] };
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), databaseWaitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Gauges for Prometheus: to this machine itself, and to who has the right. */
export function answerMetrics(
  context: Pick<ApiContext, 'sessions' | 'apiTokens' | 'county'>,
): RequestHandler {
  return async (request, response) => {
    if (!isFromThisMachine(request)) {
      const session = await findCaller(context, request.headers);
      if (session === null || !mayUse(session.who, 'metrics', context.county))
        throw new ApiFailure(403, 'not-authorised', 'Metrics are for this machine and for administrators.');
    }
    response.type(register.contentType).send(await register.metrics());
  };
}

/** A proxy on this machine forwards strangers: what was forwarded is not from here. */
function isFromThisMachine(request: Request): boolean {
  if (request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined) return false;
  return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}
