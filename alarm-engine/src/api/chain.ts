import {
  type ChainLink,
  type ChainPage,
  chainPage,
  proposals,
  type RosterPage,
  type RosterPerson,
  rosterPage,
} from '@fenghuo/contracts/chain.ts';
import { unitLevels } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { areaPattern } from '../access/area-scope.ts';
import { maskContact } from '../access/personal-data.ts';
import { reachValues } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { proposeTeams } from '../chain/propose-teams.ts';
import { noWork, unitsAt, workOfUnits } from '../chain/team-work.ts';
import type { Queryable } from '../store/queryable.ts';
import { findTeamNeed, type TicketNeed } from '../store/sql/find-team-need.ts';
import { listChainLinks } from '../store/sql/list-chain-links.ts';
import { listHeldTickets } from '../store/sql/list-held-tickets.ts';
import { listRoster } from '../store/sql/list-roster.ts';
import { listTeams } from '../store/sql/list-teams.ts';
import { notFound } from './api-failure.ts';
import { readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const page = {
  /** The `next` of the page before. */
  after: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
};
const chainQuery = z.object({ level: z.enum(unitLevels).nullable().default(null), ...page });
const rosterQuery = z.object({
  unit: z.string().max(64).nullable().default(null),
  onDuty: z.stringbool().nullable().default(null),
  ...page,
});

/** The command chain, who of it is on duty, and which team to send. Duty is changed by the command `set-duty`. */
export function chainRoutes(context: ApiContext): Route[] {
  return [chainRoute(context), rosterRoute(context), proposalsRoute(context)];
}

function chainRoute({ db, county }: ApiContext): Route {
  return {
    method: 'get',
    path: '/chain',
    needs: 'live',
    shape: {
      summary: { zh: '指挥链与在岗人员', en: 'Units of the command chain and who is on duty' },
      query: chainQuery,
      answers: { 200: chainPage },
    },
    handle: async ({ request, response, session, scope }) => {
      const { level, after, limit } = readQuery(request, chainQuery);
      const where = { county, area: scope.area, areaPattern: areaPattern(scope) };
      const units = await listChainLinks(db, { ...where, level, after, limit });
      const mayRead = mayUse(session.who, 'personal-data', county);
      const shown: ChainPage = { units: mayRead ? units : units.map(maskLink), next: nextOf(units, limit) };
      response.json(shown);
    },
  };
}

function rosterRoute({ db, county }: ApiContext): Route {
  return {
    method: 'get',
    path: '/roster',
    needs: 'live',
    shape: {
      summary: { zh: '值守名册', en: 'The roster of duty' },
      query: rosterQuery,
      answers: { 200: rosterPage },
    },
    handle: async ({ request, response, session, scope }) => {
      const wish = readQuery(request, rosterQuery);
      const people = await listRoster(db, { county, areaPattern: areaPattern(scope), ...wish });
      const mayRead = mayUse(session.who, 'personal-data', county);
      const shown: RosterPage = {
        people: mayRead ? people : people.map(maskPerson),
        next: nextOf(people, wish.limit),
      };
      response.json(shown);
    },
  };
}

/** Of every team of the county: the nearest may be another township's. */
function proposalsRoute({ db, county }: ApiContext): Route {
  return {
    method: 'get',
    path: '/tickets/:id/proposals',
    needs: 'live',
    shape: {
      summary: { zh: '建议派出的队伍及理由', en: 'Which teams to send to a ticket, and why' },
      answers: { 200: proposals },
    },
    handle: async ({ request, response, scope }) => {
      const ticket = readParameter(request, 'id');
      const need = await findTeamNeed(db, { county, ticket, ...reachValues(scope) });
      if (need === null) throw notFound('open ticket');
      response.json(await proposalsOf(db, county, need));
    },
  };
}

async function proposalsOf(db: Queryable, county: string, need: TicketNeed) {
  const teams = await listTeams(db, county);
  const held = await listHeldTickets(db, { county, run: need.run, except: need.id });
  const [onDuty, work] = [new Map(teams.map((team) => [team.id, team.onDuty])), workOfUnits(held)];
  const { area, hazard, lon, lat } = need;
  return proposeTeams(
    {
      all: teams,
      onDuty: (unit) => onDuty.get(unit) ?? 0,
      work: (unit) => work.get(unit) ?? noWork,
    },
    { area, hazard, place: lon === null || lat === null ? null : { lon, lat }, atIt: unitsAt(need) },
  );
}

function nextOf(rows: readonly { id: string }[], limit: number): string | null {
  return rows.length === limit ? rows.at(-1)!.id : null;
}

function maskLink(link: ChainLink): ChainLink {
  return { ...link, onDuty: link.onDuty.map((person) => ({ ...person, ...maskContact(person) })) };
}

function maskPerson(person: RosterPerson): RosterPerson {
  return { ...person, ...maskContact(person) };
}
