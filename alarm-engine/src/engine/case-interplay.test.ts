import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { movesOf } from '@fenghuo/contracts/workflow.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtIt, unitsAt } from '../chain/team-work.ts';
import { ChainEngine } from './chain-engine.fixture.ts';
import { deviceKey } from './engine-state.ts';

const units = ['U0', 'U1', 'U2', 'U3', 'U4'];
const acts = [
  ...['move', 'move', 'move', 'assign', 'transfer', 'call', 'progress', 'release', 'list', 'unlist'],
  ...['merge', 'split', 'reopen', 'visit', 'note', 'burn', 'burn', 'acknowledge', 'duty', 'wait', 'restart'],
] as const;
const step = fc.record({
  do: fc.constantFrom(...acts),
  of: fc.nat(3),
  pick: fc.nat(8),
  unit: fc.constantFrom(...units),
  ms: fc.constantFrom(1, 30_000, 60_000, 600_000, 90_000_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A county with its fires, and all the tickets that it ever had. */
class Night {
  readonly engine = new ChainEngine();
  readonly tickets = new Map<string, TicketRecord>();
  readonly incidents = new Map<string, IncidentRecord>();

  order(act: string, subject: { id: string; version: number } | undefined, more: object = {}): void {
    if (subject === undefined) return;
    const body = { act, subject: subject.id, expectedVersion: subject.version, reason: 'x', ...more };
    this.engine.order(body as Parameters<ChainEngine['order']>[0]);
    this.#keep();
  }

  #keep(): void {
    for (const [id, ticket] of this.engine.last!.tickets) this.tickets.set(id, ticket);
    for (const [id, incident] of this.engine.last!.incidents) this.incidents.set(id, incident);
  }

  take({ do: act, of, pick, unit, ms }: Step): unknown {
    const { engine } = this;
    const nth = <T>(from: readonly T[]): T | undefined => from[of % Math.max(1, from.length)];
    const ticket = nth(engine.tickets);
    const incident = nth(engine.incidents);
    switch (act) {
      case 'move': {
        const moves = ticket === undefined ? [] : movesOf(engine.state.workflowOf(ticket), ticket);
        return this.order('move-ticket', ticket, { to: moves[pick % Math.max(1, moves.length)]?.to ?? '' });
      }
      case 'assign':
        return this.order('assign-ticket', ticket, pick > 4 ? { unit } : {});
      case 'transfer':
        return this.order('transfer-ticket', ticket, { unit });
      case 'call':
        return this.order('add-party', ticket, { unit, role: 'support' });
      case 'progress':
        return this.order('move-party', ticket, { unit, to: pick > 4 ? 'done' : 'on-scene' });
      case 'release':
        return this.order('release-party', ticket, { unit });
      case 'list':
        return this.order('list-for-supervision', ticket, { until: engine.now + 3_600_000 });
      case 'unlist':
        return this.order('end-supervision', ticket);
      case 'merge': {
        const into = engine.incidents[(of + 1) % Math.max(1, engine.incidents.length)];
        return this.order('merge-incidents', incident, { into: into?.id, intoVersion: into?.version });
      }
      case 'split':
        return this.order('split-incident', incident, { alarms: incident?.alarms.slice(0, 1) });
      case 'reopen':
        return this.order('reopen-ticket', nth([...this.tickets.values()]));
      case 'visit':
        return this.order('record-follow-up', nth([...this.tickets.values()]), { satisfied: pick > 4 });
      case 'note':
        return this.order('add-note', nth([...this.incidents.values()]));
      case 'acknowledge':
        return this.order('acknowledge-incident', incident);
      case 'duty':
        return engine.setDuty(`P${pick % 5}`, of > 1 ? 'mobile' : null);
      case 'burn':
        engine.say(['M1', 'S5', 'S6', 'W1'][of]!, of === 0 ? 'manual' : 'smoke');
        return this.#keep();
      case 'wait': {
        engine.wait(ms);
        for (const one of engine.tickets) this.tickets.set(one.id, one);
        for (const one of engine.incidents) this.incidents.set(one.id, one);
        return null;
      }
      case 'restart':
        return engine.restart();
    }
  }
}

function check({ engine, tickets }: Night): void {
  const open = engine.tickets;
  for (const { id, incident, holder, parties, run, listed } of open) {
    expect(engine.state.incidents.get(incident)).toMatchObject({ ticket: id, run });
    expect(parties.filter((party) => party.unit === holder && isAtIt(party))).toEqual([]);
    expect(new Set(parties.map(({ unit }) => unit)).size).toBe(parties.length);
    const until = engine.state.due.get(`supervision-until:${id}`);
    if (until !== undefined) expect(until.at).toBe(listed?.until);
  }
  expect(new Map(engine.state.ticketsOfUnit.entries())).toEqual(busyUnits(open));
  const ids = new Set(open.map(({ id }) => id));
  const ofTickets = [...engine.state.due.values()].filter(({ subject }) => tickets.has(subject));
  const late = ofTickets.filter(({ subject, kind }) => !ids.has(subject) && kind !== 'follow-up-due');
  expect(late).toEqual([]);
  const visits = ofTickets.filter(({ subject, kind }) => kind === 'follow-up-due' && ids.has(subject));
  expect(visits).toEqual([]);
}

function busyUnits(open: readonly TicketRecord[]): Map<string, string[]> {
  const busy = new Map<string, string[]>();
  for (const ticket of open)
    for (const unit of unitsAt(ticket)) {
      const key = deviceKey(ticket.run, unit);
      busy.set(key, [...(busy.get(key) ?? []), ticket.id].sort());
    }
  return busy;
}

test('whatever is merged, split, reopened, called, handed on, listed and late: one open ticket an incident, no holder called beside itself, nothing due of what is over, each unit busy with its own, and a restart goes on with the same', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const night = new Night();
      for (const one of steps) {
        night.take(one);
        check(night);
      }
      const { state } = night.engine;
      const rebuilt = night.engine.rebuilt();
      for (const map of ['tickets', 'incidents', 'due'] as const)
        expect(new Map([...rebuilt[map].values()].map((one) => [one.id, one]))).toEqual(
          new Map([...state[map].values()].map((one) => [one.id, JSON.parse(JSON.stringify(one))])),
        );
    }),
    { numRuns: 100 },
  );
});
