import {
  type AlarmHistoryPage,
  alarmHistoryPage,
  alarmHistoryQuery,
  type EventHistoryPage,
  eventHistoryPage,
  eventHistoryQuery,
  mostRollupRows,
  type RollupTable,
  rollupQuery,
  rollupTable,
  type TransitionHistoryPage,
  transitionHistoryPage,
  transitionHistoryQuery,
} from '@fenghuo/contracts/history.ts';
import { type AreaScope, narrowedPattern } from '../access/area-scope.ts';
import { maskAlarm, maskEvent } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { findEvents } from '../history/find-events.ts';
import { listPastAlarms, type PastWish } from '../store/sql/list-past-alarms.ts';
import { listTransitions } from '../store/sql/list-transitions.ts';
import { readRollup } from '../store/sql/read-rollup.ts';
import { ApiFailure } from './api-failure.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** What was. */
export function historyRoutes({ db, county, clock, timeZone }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/history/events',
      needs: 'live',
      shape: {
        summary: { zh: '历史事件', en: 'Past events' },
        query: eventHistoryQuery,
        answers: { 200: eventHistoryPage },
      },
      handle: async ({ request, response, session, scope }) => {
        const { before, ...query } = readQuery(request, eventHistoryQuery);
        const [time, no] = placeIn(before, 2);
        const found = await findEvents(db, {
          ...{ ...query, county, areaPattern: narrowedPattern(scope, query.area), now: clock() },
          before: before === undefined ? null : { time: Number(time), no: wholeNumber(no) },
        });
        const { events, next } = found;
        const page: EventHistoryPage = {
          events: mayUse(session.who, 'personal-data', county) ? events : events.map(maskEvent),
          next: next && `${next.time}:${next.no}`,
        };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/history/alarms',
      needs: 'live',
      shape: {
        summary: { zh: '历史告警', en: 'Past alarms' },
        query: alarmHistoryQuery,
        answers: { 200: alarmHistoryPage },
      },
      handle: async ({ request, response, session, scope }) => {
        const { before, ...query } = readQuery(request, alarmHistoryQuery);
        const [raisedAt, id] = placeIn(before, 2);
        const alarms = await listPastAlarms(db, {
          ...wishOf(county, scope, query),
          before: before === undefined ? null : { raisedAt: Number(raisedAt), id: id! },
        });
        const last = alarms.length === query.limit ? alarms.at(-1) : undefined;
        const page: AlarmHistoryPage = {
          alarms: mayUse(session.who, 'personal-data', county) ? alarms : alarms.map(maskAlarm),
          next: last ? `${last.raisedAt}:${last.id}` : null,
        };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/history/transitions',
      needs: 'live',
      shape: {
        summary: { zh: '告警状态变化历史', en: 'Past steps of alarms' },
        query: transitionHistoryQuery,
        answers: { 200: transitionHistoryPage },
      },
      handle: async ({ request, response, scope }) => {
        const { before, ...query } = readQuery(request, transitionHistoryQuery);
        const [at, version, alarm] = placeIn(before, 3);
        const transitions = await listTransitions(db, {
          ...{ ...wishOf(county, scope, query), alarm: query.alarm ?? null },
          before:
            before === undefined ? null : { at: Number(at), version: wholeNumber(version), alarm: alarm! },
        });
        const last = transitions.length === query.limit ? transitions.at(-1) : undefined;
        const next = last ? `${last.at}:${last.version}:${last.alarm}` : null;
        const page: TransitionHistoryPage = { transitions, next };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/history/rollups',
      needs: 'live',
      shape: {
        summary: { zh: '历史计数', en: 'Counts over time' },
        query: rollupQuery,
        answers: { 200: rollupTable },
      },
      handle: async ({ request, response, scope }) => {
        const { of, step, by = [], from, to, area, run = '' } = readQuery(request, rollupQuery);
        const wish = {
          county,
          areaPattern: narrowedPattern(scope, area),
          of,
          step,
          by,
          from,
          to,
          run,
          timeZone,
        };
        const rows = await readRollup(db, { ...wish, limit: mostRollupRows + 1 });
        if (rows.length > mostRollupRows) throw tooMuch;
        const table: RollupTable = { rows };
        response.json(table);
      },
    },
  ];
}

const tooMuch = new ApiFailure(
  400,
  'too-much',
  `That would be more than ${mostRollupRows} rows: ask for less time, longer steps or fewer parts.`,
);

/** As it came from the query, absent members null. */
type Asked = Partial<Omit<PastWish, 'county' | 'areaPattern'>> & { area?: string | undefined; limit: number };

function wishOf(county: string, scope: AreaScope, query: { [Name in keyof Asked]: Asked[Name] | undefined }) {
  const { device = null, building = null, kind = null, severity = null, state = null, run = null } = query;
  const { from = null, to = null, limit = 100 } = query;
  const areaPattern = narrowedPattern(scope, query.area);
  return { county, areaPattern, device, building, kind, severity, state, run, from, to, limit };
}

/** The parts of a place in a list; the last one may hold colons itself. */
function placeIn(before: string | undefined, parts: number): string[] {
  const all = before?.split(':') ?? [];
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join(':')];
}

function wholeNumber(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new ApiFailure(400, 'invalid', 'The query is not as expected at before: the `next` of a page.');
}
