import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
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
  /** What was said to whole levels of the chain within a day. */
  broadcasts: ReadonlyMap<string, BroadcastRecord>;
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
    broadcasts: byId(message.broadcasts),
    workflows: new Map(message.workflows.map((workflow) => [workflowRef(workflow), workflow])),
  };
}

/** The world after a batch, or after several in a row. What no change is of is the same map as before. */
export function withChanges(world: World, batch: ChangesMessage): World {
  const byTopic = Map.groupBy(batch.changes, ({ topic }) => topic);
  const after = <T extends object>(
    before: ReadonlyMap<string, T>,
    topic: Change['topic'],
  ): ReadonlyMap<string, T> => {
    const changes = byTopic.get(topic);
    return changes === undefined ? before : applied(before, changes as readonly ChangeOf<T>[]);
  };
  return {
    ...world,
    no: batch.no,
    at: batch.at,
    alarms: after(world.alarms, 'alarm'),
    incidents: after(world.incidents, 'incident'),
    tickets: after(world.tickets, 'ticket'),
    drills: after(world.drills, 'drill'),
    holds: after(world.holds, 'hold'),
    floods: after(world.floods, 'flood'),
    broadcasts: after(world.broadcasts, 'broadcast'),
  };
}

interface ChangeOf<T> {
  key: string;
  doc: T | null;
}

function applied<T extends object>(
  before: ReadonlyMap<string, T>,
  changes: readonly ChangeOf<T>[],
): Map<string, T> {
  const after = new Map(before);
  for (const { key, doc } of changes)
    if (doc === null || isOver(doc)) after.delete(key);
    else after.set(key, doc);
  return after;
}

/** Closed or ended: no longer part of the open world. */
function isOver(doc: object): boolean {
  return ('endedAt' in doc && doc.endedAt !== null) || ('closedAt' in doc && doc.closedAt !== null);
}
