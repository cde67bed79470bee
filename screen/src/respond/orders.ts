import { moverFor, standingOf } from '@fenghuo/contracts/movers.ts';
import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import {
  compareSeverity,
  type PartyProgress,
  type PartyState,
  partyProgress,
  partyStates,
  type TicketStage,
  ticketStages,
} from '@fenghuo/contracts/words.ts';
import { movesOf, type Workflow, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';
import type { World } from '../state/world.ts';
import { isOf, type OutboxEntry, partyOf, projected, projectedParty, type Told } from './outbox.ts';

/** An order to this phone's unit: its ticket, and where it stands once everything that waits here is told. */
export interface Order {
  ticket: TicketRecord;
  incident: IncidentRecord;
  alarms: readonly AlarmRecord[];
  workflow: Workflow;
  /** As `ticket`, moved on by what waits. */
  ahead: TicketRecord;
  /** How far this unit has come, once all is told, where it is called beside the holder; null: it holds the ticket. */
  party: PartyState | null;
}

/** The world that a phone keeps: the orders of its unit and what they name, and nothing of the rest of the county. Pure. */
export function keptWorld(world: World, who: WhoAmI, entries: readonly OutboxEntry[]): World {
  const tickets = [...world.tickets.values()].filter((ticket) => isOurs(world, who, ticket, entries));
  const incidents = new Set(tickets.map(({ incident }) => incident));
  const workflows = new Set(tickets.map(({ workflow }) => workflow));
  const units = new Set([who.unit, ...tickets.flatMap(({ moves }) => moves.map(({ holder }) => holder))]);
  const only = <T>(all: ReadonlyMap<string, T>, keep: (one: T, id: string) => boolean) =>
    new Map([...all].filter(([id, one]) => keep(one, id)));
  return {
    ...world,
    ...{ places: [], holds: new Map(), floods: new Map(), alarmsLeftOut: 0 },
    tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    incidents: only(world.incidents, (_, id) => incidents.has(id)),
    alarms: only(world.alarms, ({ incident }) => incident !== null && incidents.has(incident)),
    workflows: only(world.workflows, (_, ref) => workflows.has(ref)),
    units: only(world.units, (_, id) => units.has(id)),
  };
}

/** The orders of this phone's unit, the gravest and oldest first. Pure. */
export function ordersOf(
  world: World,
  who: WhoAmI,
  { entries, told }: { entries: readonly OutboxEntry[]; told: ReadonlyMap<string, Told> },
): Order[] {
  return [...world.tickets.values()]
    .filter((ticket) => isOurs(world, who, ticket, entries))
    .flatMap((ticket): Order[] => {
      const incident = world.incidents.get(ticket.incident);
      const workflow = world.workflows.get(ticket.workflow);
      if (incident === undefined || workflow === undefined) return [];
      const { level, unit } = standingOf(who, (id) => world.units.get(id)?.level);
      const holds = unit === null ? ticket.holderLevel === level : ticket.holder === unit;
      const alarms = incident.alarms.flatMap((id) => world.alarms.get(id) ?? []);
      return [
        {
          ticket,
          incident,
          alarms,
          workflow,
          ahead: aheadOf(ticket, workflow, projected(ticket, entries, told.get(ticket.id))),
          party: holds || unit === null ? null : projectedParty(ticket, unit, entries, told.get(ticket.id)),
        },
      ];
    })
    .sort(
      (a, b) =>
        compareSeverity(a.ticket.severity, b.ticket.severity) || a.ticket.openedAt - b.ticket.openedAt,
    );
}

function aheadOf(ticket: TicketRecord, { steps }: Workflow, at: string): TicketRecord {
  const step = steps.find(({ id }) => id === at);
  if (step === undefined || step.id === ticket.step) return ticket;
  return { ...ticket, step: step.id, stage: step.stage };
}

/** What this unit holds, is called to, or has something to tell about. */
function isOurs(world: World, who: WhoAmI, ticket: TicketRecord, entries: readonly OutboxEntry[]): boolean {
  const { level, unit } = standingOf(who, (id) => world.units.get(id)?.level);
  const holds = unit === null ? ticket.holderLevel === level : ticket.holder === unit;
  const state = unit === null ? null : partyOf(ticket, unit);
  const isCalled = state !== null && state !== 'done';
  return holds || isCalled || entries.some((entry) => isOf(entry, ticket.id));
}

/** The steps that may follow, as far as they are this person's: the main one first. Pure. */
export function nextMoves({ ahead, workflow }: Order, world: World, who: WhoAmI): WorkflowMove[] {
  const standing = standingOf(who, (id) => world.units.get(id)?.level);
  const order = { forward: 0, return: 1, 'false-alarm': 2 };
  return movesOf(workflow, ahead)
    .filter((move) => moverFor(move, ahead, standing) !== null)
    .toSorted((a, b) => order[a.kind] - order[b.kind]);
}

/** What a unit that was called can say next of how far it has come: the usual first, then what it may go on to at once. Pure. */
export function nextProgress({ party }: Order): PartyProgress[] {
  if (party === null) return [];
  return partyProgress.filter((one) => partyStates.indexOf(one) > partyStates.indexOf(party));
}

const working: readonly TicketStage[] = ['accepted', 'en-route', 'on-scene', 'under-control'];

/** A new order calls until somebody takes it. */
export const calls = ({ ahead, party }: Order) =>
  party === null ? ahead.stage === 'dispatched' : party === 'called';

/** The team is at it: on its way, or there. */
export const isUnderWay = ({ ahead, party }: Order) =>
  party === null ? working.includes(ahead.stage) : party !== 'called' && party !== 'done';

/** What is due next of this unit; null once this phone has done it, whether the station knows or not. Pure. */
export function dueOf({ ticket: { due }, ahead, party }: Order): TicketRecord['due'] {
  if (due === null || party !== null || ticketStages.indexOf(ahead.stage) >= ticketStages.indexOf(due.stage))
    return null;
  return due;
}
