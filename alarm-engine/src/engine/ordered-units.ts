import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { unitsOrderedTo } from '../access/reach.ts';
import type { Registry } from '../registry/registry.ts';
import type { RecordUnits } from '../store/sql/keep-records.ts';
import type { EngineState } from './engine-state.ts';
import type { LayeredMap } from './layered-map.ts';

/** Which units are ordered to the cases of a batch: as it leaves them, and as it found them. */
export class OrderedUnits {
  readonly #state: EngineState;
  readonly #registry: Registry;
  /** By ticket: a storm's batch holds a thousand alarms of one. */
  readonly #known = { now: new Map<string, string[]>(), before: new Map<string, string[]>() };

  constructor(state: EngineState, registry: Registry) {
    this.#state = state;
    this.#registry = registry;
  }

  ofTickets(tickets: ReadonlyMap<string, TicketRecord>): Record<string, RecordUnits> {
    const units = this.#each(tickets, this.#state.tickets, ({ id }) => id);
    for (const [id, of] of Object.entries(units))
      if (of.was !== undefined && this.#isScattered(tickets.get(id)!)) of.scattered = true;
    return units;
  }

  /** Whoever sees the ticket by area may see less of its case than who is ordered to it. */
  #isScattered({ area, incident: id }: TicketRecord): boolean {
    const { incidents, alarms } = this.#state;
    const incident = incidents.get(id) ?? incidents.before(id);
    if (incident === undefined) return false;
    const lies = (alarm: string) => (alarms.get(alarm) ?? alarms.before(alarm))?.area ?? area;
    return incident.area !== area || incident.alarms.some((alarm) => lies(alarm) !== area);
  }

  ofIncidents(incidents: ReadonlyMap<string, IncidentRecord>): Record<string, RecordUnits> {
    return this.#each(incidents, this.#state.incidents, ({ ticket }) => ticket);
  }

  ofAlarms(alarms: ReadonlyMap<string, AlarmRecord>): Record<string, RecordUnits> {
    const { incidents } = this.#state;
    return this.#each(alarms, this.#state.alarms, ({ incident }, when) => {
      if (incident === null) return null;
      return (when === 'now' ? incidents.get(incident) : incidents.before(incident))?.ticket ?? null;
    });
  }

  #each<T>(
    records: ReadonlyMap<string, T>,
    held: LayeredMap<string, T>,
    ticketOf: (record: T, when: 'now' | 'before') => string | null,
  ): Record<string, RecordUnits> {
    const units: Record<string, RecordUnits> = {};
    for (const [id, record] of records) {
      const found = held.before(id);
      const now = this.#of(ticketOf(record, 'now'), 'now');
      const was = found === undefined ? [] : this.#of(ticketOf(found, 'before'), 'before');
      if (was.join() !== now.join()) units[id] = { units: now, was };
      else if (now.length > 0) units[id] = { units: now };
    }
    return units;
  }

  #of(id: string | null, when: 'now' | 'before'): string[] {
    if (id === null) return [];
    const known = this.#known[when].get(id);
    if (known !== undefined) return known;
    const { tickets } = this.#state;
    const ticket = when === 'now' ? tickets.get(id) : tickets.before(id);
    const unitOf = (unit: string) => this.#registry.units.get(unit);
    const units = ticket === undefined ? [] : unitsOrderedTo(ticket, unitOf);
    this.#known[when].set(id, units);
    return units;
  }
}
