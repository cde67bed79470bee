import type {
  ChainUnit,
  Change,
  ChangesMessage,
  CountyFacts,
  PlaceName,
  Snapshot,
} from '@fenghuo/contracts/push.ts';
import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
} from '@fenghuo/contracts/records.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';

/** Everything open that this viewer may see, at change number `no`. Never changed in place. */
export interface World {
  no: number;
  directoryNo: number;
  /** Server time of the newest thing in it. */
  at: number;
  county: CountyFacts;
  units: ReadonlyMap<string, ChainUnit>;
  places: readonly PlaceName[];
  alarms: ReadonlyMap<string, AlarmRecord>;
  /** Open alarms that this screen was not given, when it was given the rest. */
  alarmsLeftOut: number;
  incidents: ReadonlyMap<string, IncidentRecord>;
  tickets: ReadonlyMap<string, TicketRecord>;
  drills: ReadonlyMap<string, DrillRecord>;
  /** What is out of service or under test. */
  holds: ReadonlyMap<string, HoldRecord>;
  floods: ReadonlyMap<string, FloodRecord>;
  /** By the name under which a ticket has it, as `wenling@1`. */
  workflows: ReadonlyMap<string, Workflow>;
}

const byId = <T extends { id: string }>(records: readonly T[]) =>
  new Map(records.map((record) => [record.id, record]));

export function worldOf(message: Snapshot): World {
  const { no, directoryNo, at, county, places } = message;
  return {
    no,
    directoryNo,
    at,
    county,
    places,
    units: byId(message.units),
    alarms: byId(message.alarms),
    alarmsLeftOut: message.alarmsLeftOut,
    incidents: byId(message.incidents),
    tickets: byId(message.tickets),
    drills: byId(message.drills),
    holds: byId(message.holds),
    floods: byId(message.floods),
    workflows: new Map(message.workflows.map((workflow) => [workflowRef(workflow), workflow])),
  };
}

/** The world after a batch. Only the maps that the batch touches are copied, once each. */
export function withChanges(world: World, batch: ChangesMessage): World {
  const touched = {
    alarm: new Map(world.alarms),
    incident: new Map(world.incidents),
    ticket: new Map(world.tickets),
    drill: new Map(world.drills),
    hold: new Map(world.holds),
    flood: new Map(world.floods),
  };
  const seen = new Set<Change['topic']>();
  for (const change of batch.changes) {
    seen.add(change.topic);
    if (isGone(change)) touched[change.topic].delete(change.key);
    else put(touched, change);
  }
  return {
    ...world,
    no: batch.no,
    at: batch.at,
    alarms: seen.has('alarm') ? touched.alarm : world.alarms,
    incidents: seen.has('incident') ? touched.incident : world.incidents,
    tickets: seen.has('ticket') ? touched.ticket : world.tickets,
    drills: seen.has('drill') ? touched.drill : world.drills,
    holds: seen.has('hold') ? touched.hold : world.holds,
    floods: seen.has('flood') ? touched.flood : world.floods,
  };
}

interface Touched {
  alarm: Map<string, AlarmRecord>;
  incident: Map<string, IncidentRecord>;
  ticket: Map<string, TicketRecord>;
  drill: Map<string, DrillRecord>;
  hold: Map<string, HoldRecord>;
  flood: Map<string, FloodRecord>;
}

/** Left the viewer's area, or ended: either way it is no longer part of the open world. */
function isGone(change: Change): boolean {
  if (change.doc === null) return true;
  return 'endedAt' in change.doc ? change.doc.endedAt !== null : change.doc.closedAt !== null;
}

function put(touched: Touched, change: Change): void {
  if (change.doc === null) return;
  switch (change.topic) {
    case 'alarm':
      touched.alarm.set(change.key, change.doc);
      return;
    case 'incident':
      touched.incident.set(change.key, change.doc);
      return;
    case 'ticket':
      touched.ticket.set(change.key, change.doc);
      return;
    case 'drill':
      touched.drill.set(change.key, change.doc);
      return;
    case 'hold':
      touched.hold.set(change.key, change.doc);
      return;
    case 'flood':
      touched.flood.set(change.key, change.doc);
  }
}
