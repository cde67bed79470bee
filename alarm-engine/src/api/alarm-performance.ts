import type {
  AlarmHistory,
  AlarmPerformance,
  BadActor,
  BadActors,
  FalseRates,
  RuleProposals,
} from '@fenghuo/contracts/alarm-performance.ts';
import { z } from 'zod';
import { areaPattern } from '../access/area-scope.ts';
import { chatterNorm, fleetingMs, staleMs } from '../alarms/nuisance.ts';
import { falseRate } from '../stats/false-rate.ts';
import { proposeRules } from '../stats/rule-proposals.ts';
import { seatFigures, tenMinutesMs } from '../stats/seat-figures.ts';
import type { Queryable } from '../store/queryable.ts';
import { type ActorRow, listBadActors, type PeriodQuery } from '../store/sql/list-bad-actors.ts';
import { listChatteringDevices } from '../store/sql/list-chattering-devices.ts';
import { listClosedCases } from '../store/sql/list-closed-cases.ts';
import { listFleetingRules } from '../store/sql/list-fleeting-rules.ts';
import { listFloods } from '../store/sql/list-floods.ts';
import { listHeard } from '../store/sql/list-heard.ts';
import { readSeats } from '../store/sql/read-seats.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Nuisances are looked at by the week. */
const weekMs = 7 * dayMs;
/** Most devices of which cases or bursts are looked at. */
const mostDevices = 1000;

const liveQuery = z.object({ days: z.coerce.number().int().min(1).max(31).default(7) });

const time = z.coerce.number().int().min(0).max(4e12);
/** A period, milliseconds since 1970; without `to` it ends now, without `from` it is a week. */
const period = { from: time.optional(), to: time.optional() };
const periodQuery = z.object(period);
const rankedQuery = z.object({ ...period, limit: z.coerce.number().int().min(1).max(100).default(10) });
const historyQuery = z.object({ ...period, by: z.enum(['10min', 'hour']).default('hour') });

/** Longest periods, so that an answer stays below 20,000 slots of 18 rooms. */
const longest = { '10min': weekMs, hour: 31 * dayMs, nuisances: 92 * dayMs };

/** How well the alarms serve people: now, over time, and who spoils it. */
export function alarmPerformanceRoutes({ db, county, clock }: ApiContext): Route[] {
  const periodOf = (
    scope: Parameters<typeof areaPattern>[0],
    { from, to = clock() }: { from?: number | undefined; to?: number | undefined },
    longestMs: number,
  ): PeriodQuery => {
    const first = Math.max(from ?? to - weekMs, to - longestMs);
    return { county, areaPattern: areaPattern(scope), from: first, to };
  };
  return [
    {
      method: 'get',
      path: '/alarm-performance',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const { days } = readQuery(request, liveQuery);
        response.json(
          await readPerformance(db, periodOf(scope, { from: clock() - days * dayMs }, 31 * dayMs), days),
        );
      },
    },
    {
      method: 'get',
      path: '/alarm-performance/history',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const { by, ...asked } = readQuery(request, historyQuery);
        const query = periodOf(scope, asked, longest[by]);
        const slotMs = by === 'hour' ? hourMs : tenMinutesMs;
        const from = Math.floor(query.from / slotMs) * slotMs;
        const seats = await listHeard(db, { ...query, from, slotMs });
        const floods = await listFloods(db, { ...query, from });
        const history: AlarmHistory = { from, to: query.to, slotMs, seats, floods };
        response.json(history);
      },
    },
    {
      method: 'get',
      path: '/bad-actors',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const { limit, ...asked } = readQuery(request, rankedQuery);
        response.json(await readBadActors(db, periodOf(scope, asked, longest.nuisances), limit));
      },
    },
    {
      method: 'get',
      path: '/false-rates',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const query = periodOf(scope, readQuery(request, periodQuery), longest.nuisances);
        response.json(await readFalseRates(db, query));
      },
    },
    {
      method: 'get',
      path: '/rule-proposals',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const query = periodOf(scope, readQuery(request, periodQuery), longest.nuisances);
        response.json(await readProposals(db, query));
      },
    },
  ];
}

async function readPerformance(db: Queryable, query: PeriodQuery, days: number): Promise<AlarmPerformance> {
  const heard = await listHeard(db, { ...query, slotMs: tenMinutesMs });
  const facts = await readSeats(db, { ...query, fleetingMs, staleMs });
  const slotsOf = new Map(heard.map(({ seat, slots }) => [seat, slots]));
  const seats = facts.map((seat) => ({
    ...seat,
    ...seatFigures(slotsOf.get(seat.seat) ?? [], { to: query.to, days }),
  }));
  return { at: query.to, days, seats };
}

async function readBadActors(db: Queryable, query: PeriodQuery, limit: number): Promise<BadActors> {
  const ranked = async (by: 'device' | 'rule') => {
    const actors = (await listBadActors(db, by, { ...query, limit })).map(asActor);
    const loud = actors.filter(({ annunciations }) => annunciations > 0).slice(0, limit);
    const vain = actors
      .filter(({ closed }) => closed.falseAlarms > 0)
      .sort((a, b) => b.closed.falseAlarms - a.closed.falseAlarms || b.closed.atLeast - a.closed.atLeast)
      .slice(0, limit);
    return { byAnnunciations: loud, byFalseAlarms: vain };
  };
  return { from: query.from, to: query.to, devices: await ranked('device'), rules: await ranked('rule') };
}

function asActor({ subject, rules, annunciations, total, cases, falseAlarms }: ActorRow): BadActor {
  const share = total === 0 ? 0 : annunciations / total;
  return { subject, rules, annunciations, share, closed: falseRate(falseAlarms, cases) };
}

async function readFalseRates(db: Queryable, query: PeriodQuery): Promise<FalseRates> {
  const found = await listClosedCases(db, { ...query, limit: mostDevices });
  const rates = found
    .map((each) => ({ ...each, closed: falseRate(each.falseAlarms, each.cases) }))
    .sort((a, b) => b.closed.atLeast - a.closed.atLeast);
  return {
    from: query.from,
    to: query.to,
    rules: rates.flatMap(({ device, rule, closed }) => (device === null ? [{ rule, closed }] : [])),
    devices: rates.flatMap(({ device, rule, closed }) => (device === null ? [] : [{ device, rule, closed }])),
  };
}

async function readProposals(db: Queryable, query: PeriodQuery): Promise<RuleProposals> {
  const proposals = proposeRules({
    fleeting: await listFleetingRules(db, { ...query, fleetingMs }),
    chattering: await listChatteringDevices(db, { ...query, ...chatterNorm, limit: mostDevices }),
    closed: await listClosedCases(db, { ...query, limit: mostDevices }),
  });
  return { from: query.from, to: query.to, proposals };
}
