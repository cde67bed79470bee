import type { CaseAct, Dossier } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { z } from 'zod';
import type { ReachValues } from '../access/reach.ts';
import type { AuditRow } from '../audit/verify-chain.ts';
import type { NearCamera } from '../registry/camera-index.ts';
import type { Queryable } from '../store/queryable.ts';
import { findCase } from '../store/sql/find-case.ts';
import { type AbsorbedCase, listAbsorbedCases } from '../store/sql/list-absorbed-cases.ts';
import { listAccountNames } from '../store/sql/list-account-names.ts';
import { listCaseAlarms } from '../store/sql/list-case-alarms.ts';
import { listCaseEntries } from '../store/sql/list-case-entries.ts';
import { listCaseEvidence } from '../store/sql/list-case-evidence.ts';
import { listCaseReports } from '../store/sql/list-case-reports.ts';
import { listCaseSteps } from '../store/sql/list-case-steps.ts';
import { listDeliveries } from '../store/sql/list-deliveries.ts';
import { listUnitNames } from '../store/sql/list-unit-names.ts';
import { workflowsInForce } from '../workflows-in-force.ts';
import { videoMoments } from './video-moments.ts';

export interface DossierQuery extends ReachValues {
  county: string;
  code: string;
}

/** A case of a storm holds 10,000 alarms; of each kind of thing so many are told. 5,000 of all are 6 MB. */
const most = { alarms: 2000, steps: 5000, acts: 5000 };

/** Everything about a case, unmasked, and the rows of the record as they were hashed; null: there is none within the reach. */
export async function readDossier(
  db: Queryable,
  query: DossierQuery,
): Promise<{ dossier: Dossier; entries: AuditRow[] } | null> {
  const found = await findCase(db, query);
  if (found === null) return null;
  const { incident, ticket, mergedInto } = found;
  const absorbed = await listAbsorbedCases(db, incident.id);
  const incidents = [incident.id, ...absorbed.map((one) => one.incident)];
  const tickets = [ticket, ...absorbed.map((one) => one.ticket)].filter((one) => one !== null);
  const alarms = await listCaseAlarms(db, { incidents, limit: most.alarms });
  const ids = alarms.alarms.map(({ id }) => id);
  const steps = await listCaseSteps(db, { alarms: ids, limit: most.steps });
  const subjects = [...incidents, ...tickets.map(({ id }) => id), ...ids];
  const acts = await listCaseEntries(db, { county: query.county, subjects, limit: most.acts });
  const told = acts.entries.map(actOf);
  const evidence = await listCaseEvidence(db, { incident: incident.id, absorbed: incidents.slice(1) });
  const raises = alarms.alarms.flatMap(({ raisedAt, lastRaises }) => [raisedAt, ...lastRaises]);
  const dossier: Dossier = {
    code: incident.caseCode,
    run: incident.run,
    incident,
    ticket,
    workflow: await workflowOf(db, query.county, ticket),
    mergedInto,
    absorbed: absorbed.map(({ code, incident, closedAt: mergedAt, ticket }) => ({
      ...{ code, incident, mergedAt, ticket },
    })),
    alarms: alarms.alarms,
    steps: steps.steps,
    cameras: videoMoments(camerasOf(found.cameras, absorbed), raises),
    evidence,
    deliveries: (await listDeliveries(db, { ...query, incident: incident.id })) ?? [],
    acts: told,
    units: await listUnitNames(db, query.county, [...tickets.flatMap(unitsOf), ...told.flatMap(unitsIn)]),
    people: await listAccountNames(db, query.county, actorsOf({ tickets, acts: told, evidence })),
    leftOut: {
      alarms: alarms.count - alarms.alarms.length,
      steps: steps.count - steps.steps.length,
      acts: acts.count - acts.entries.length,
    },
    reports: await listCaseReports(db, incident.id),
  };
  return { dossier, entries: acts.entries };
}

/** The workflow under which a ticket was opened, or the one in force when nobody can read that any more. */
async function workflowOf(db: Queryable, county: string, ticket: TicketRecord | null): Promise<Workflow> {
  const { workflows } = await workflowsInForce(db, county);
  return workflows.find((one) => workflowRef(one) === ticket?.workflow) ?? workflows.at(-1)!;
}

function unitsOf({ holder, moves, parties, lateness }: TicketRecord): string[] {
  const told = lateness.flatMap((missed) => missed.told);
  const others = [...parties, ...told].map(({ unit }) => unit);
  return [...new Set([holder, ...moves.map((move) => move.holder), ...others])];
}

/** Units that an act names in its detail. */
function unitsIn({ detail }: CaseAct): string[] {
  const named = [detail.unit, detail.holder, detail.to, detail.told, detail.instead];
  return named.filter((one) => typeof one === 'string');
}

function actorsOf(of: {
  tickets: readonly TicketRecord[];
  acts: readonly CaseAct[];
  evidence: Dossier['evidence'];
}): string[] {
  const moved = of.tickets.flatMap(({ moves }) => moves.map(({ by }) => by));
  return [...new Set([...moved, ...of.acts.map(({ actor }) => actor), ...of.evidence.map(({ by }) => by)])];
}

/** Each camera once, the nearest first. */
function camerasOf(own: readonly NearCamera[], absorbed: readonly AbsorbedCase[]): NearCamera[] {
  const all = [...own, ...absorbed.flatMap(({ cameras }) => cameras)].sort((a, b) => a.metres - b.metres);
  return all.filter(({ camera }, i) => all.findIndex((other) => other.camera === camera) === i);
}

/** JSON texts were objects when they were recorded. */
const object = z.record(z.string(), z.unknown());

function actOf({ no, at, actor, role, seat, act, subject, reason, detail }: AuditRow): CaseAct {
  return { no, at, actor, role, seat, act, subject, reason, detail: object.parse(JSON.parse(detail)) };
}
