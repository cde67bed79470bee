import { type EvidenceList, evidenceList } from '@fenghuo/contracts/case.ts';
import { type DeliveryCard, type DeliveryList, deliveryList } from '@fenghuo/contracts/deliveries.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { type IncidentCase, type IncidentPage, incidentCase, incidentPage } from '@fenghuo/contracts/rest.ts';
import { z } from 'zod';
import { maskAlarm, maskContact, maskTicket } from '../access/personal-data.ts';
import { reaches, reachValues } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { maskTexts } from '../cases/mask-dossier.ts';
import { findIncidentCase } from '../store/sql/find-incident-case.ts';
import { findSubject } from '../store/sql/find-subject.ts';
import { listAbsorbedCases } from '../store/sql/list-absorbed-cases.ts';
import { listCaseEvidence } from '../store/sql/list-case-evidence.ts';
import { listDeliveries } from '../store/sql/list-deliveries.ts';
import { listIncidents } from '../store/sql/list-incidents.ts';
import { notFound } from './api-failure.ts';
import { readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route, RouteShape } from './route.ts';

const pageQuery = z.object({
  state: z.enum(['open', 'closed']).default('open'),
  /** The `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15}:.{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const pageShape: RouteShape = {
  summary: { zh: '警情列表', en: 'Incidents' },
  query: pageQuery,
  answers: { 200: incidentPage },
};

export function incidentRoutes(context: ApiContext): Route[] {
  return [...caseRoutesOf(context), evidenceRoute(context)];
}

function evidenceRoute({ db, county }: ApiContext): Route {
  return {
    method: 'get',
    path: '/incidents/:id/evidence',
    needs: 'live',
    shape: {
      summary: { zh: '警情的证据', en: 'Evidence of an incident' },
      answers: { 200: evidenceList },
    },
    handle: async ({ request, response, session, scope }) => {
      const id = readParameter(request, 'id');
      const subject = await findSubject(db, { county, table: 'incident', id });
      if (subject === null || !reaches(scope, subject)) throw notFound('incident');
      const absorbed = (await listAbsorbedCases(db, id)).map(({ incident }) => incident);
      const list: EvidenceList = { evidence: await listCaseEvidence(db, { incident: id, absorbed }) };
      response.json(mayUse(session.who, 'personal-data', county) ? list : maskTexts(list));
    },
  };
}

function caseRoutesOf({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/incidents',
      needs: 'live',
      shape: pageShape,
      handle: async ({ request, response, scope }) => {
        const { state, before, limit } = readQuery(request, pageQuery);
        const incidents = await listIncidents(db, {
          county,
          ...reachValues(scope),
          open: state === 'open',
          before: before === undefined ? null : readPlace(before),
          limit,
        });
        const last = incidents.length === limit ? incidents.at(-1) : undefined;
        const page: IncidentPage = { incidents, next: last === undefined ? null : placeOf(last) };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/incidents/:id',
      needs: 'live',
      shape: {
        summary: { zh: '一起警情及其工单、告警', en: 'One incident with its ticket and alarms' },
        answers: { 200: incidentCase },
      },
      handle: async ({ request, response, session, scope }) => {
        const id = readParameter(request, 'id');
        const found = await findIncidentCase(db, { county, id, ...reachValues(scope) });
        if (found === null) throw notFound('incident');
        const mayRead = mayUse(session.who, 'personal-data', county);
        response.json(mayRead ? found : maskCase(found));
      },
    },
    {
      method: 'get',
      path: '/incidents/:id/deliveries',
      needs: 'live',
      shape: {
        summary: { zh: '警情的通知情况', en: 'Who was told of an incident' },
        answers: { 200: deliveryList },
      },
      handle: async ({ request, response, session, scope }) => {
        const incident = readParameter(request, 'id');
        const found = await listDeliveries(db, { county, incident, ...reachValues(scope) });
        if (found === null) throw notFound('incident');
        const mayRead = mayUse(session.who, 'personal-data', county);
        const list: DeliveryList = { deliveries: mayRead ? found : found.map(masked) };
        response.json(list);
      },
    },
  ];
}

function maskCase({ incident, ticket, alarms }: IncidentCase): IncidentCase {
  return { incident, ticket: ticket && maskTicket(ticket), alarms: alarms.map(maskAlarm) };
}

function masked(delivery: DeliveryCard): DeliveryCard {
  return { ...delivery, person: delivery.person && maskContact(delivery.person) };
}

function placeOf({ openedAt, id }: IncidentRecord): string {
  return `${openedAt}:${id}`;
}

function readPlace(text: string): { openedAt: number; id: string } {
  const colon = text.indexOf(':');
  return { openedAt: Number(text.slice(0, colon)), id: text.slice(colon + 1) };
}
