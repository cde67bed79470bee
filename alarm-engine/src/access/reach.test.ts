import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { PartyState, TicketStage, UnitLevel } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import type { RegisteredUnit } from '../registry/registry.ts';
import { leads, mayActOn, reaches, reachOf, unitsOrderedTo } from './reach.ts';

const units = new Map<string, RegisteredUnit>(
  (
    [
      ['county', 'county', null],
      ['zeguo', 'township', 'county'],
      ['station', 'station', 'zeguo'],
      ['team', 'team', 'station'],
      ['second', 'team', 'zeguo'],
      ['songmen', 'township', 'county'],
    ] as const
  ).map(([id, level, parent]) => [id, aUnit(id, level, parent)]),
);
const unitOf = (id: string) => units.get(id);

function aUnit(id: string, level: UnitLevel, parent: string | null): RegisteredUnit {
  const name = { zh: id, en: id };
  return { id, level, parent, name, area: '331081', lon: 121, lat: 28, capabilities: [] };
}

function aTicket(of: Partial<TicketRecord>): TicketRecord {
  return { holder: 'songmen', parties: [], moves: [], closedAt: null, ...of } as TicketRecord;
}
const party = (unit: string, state: PartyState) =>
  ({ unit, state, level: 'team', role: 'support', since: 0, by: 'x' }) as TicketRecord['parties'][number];
const move = (holder: string, stage: TicketStage) =>
  ({ at: 0, from: null, to: stage, stage, by: 'x', holder, reason: null }) as TicketRecord['moves'][number];
const ordered = (of: Partial<TicketRecord>) => unitsOrderedTo(aTicket(of), unitOf);

test('who holds it, and who stands above them, below the county', () => {
  expect(ordered({ holder: 'team' })).toEqual(['station', 'team', 'zeguo']);
  expect(ordered({ holder: 'songmen' })).toEqual(['songmen']);
  expect(ordered({ holder: 'county' })).toEqual([]);
  expect(ordered({ holder: 'nobody-knows' })).toEqual([]);
});

test('called → done: still at it; released: no more', () => {
  expect(ordered({ parties: [party('second', 'called')] })).toEqual(['second', 'songmen', 'zeguo']);
  expect(ordered({ parties: [party('second', 'done')] })).toEqual(['second', 'songmen', 'zeguo']);
  expect(ordered({ parties: [party('second', 'released')] })).toEqual(['songmen']);
});

test('the team of the scene → reported, under review: still at it; returned to the room, another ordered, closed: no more', () => {
  const worked = [move('songmen', 'received'), move('team', 'dispatched'), move('team', 'under-control')];
  const team = ['songmen', 'station', 'team', 'zeguo'];
  expect(ordered({ moves: [...worked, move('songmen', 'feedback')] })).toEqual(team);
  const reviewed = [move('songmen', 'feedback'), move('songmen', 'review')];
  expect(ordered({ moves: [...worked, ...reviewed] })).toEqual(team);
  expect(ordered({ moves: [...worked, move('songmen', 'received')] })).toEqual(['songmen']);
  const another = [...worked, move('second', 'under-control')];
  expect(ordered({ holder: 'second', moves: another })).toEqual(['second', 'zeguo']);
  expect(ordered({ moves: worked, holder: 'team', closedAt: 1 })).toEqual([]);
});

const songmen = { area: '331081101207', units: ['team', 'zeguo'] };

test('a place is reached by area, a case by its order too, by the unit that is ordered and no other', () => {
  const of = (area: string, unit?: string) => reachOf('331081', { area, unit });
  expect(reaches(of('331081101'), songmen)).toBe(true);
  expect(reaches(of('331081100', 'team'), songmen)).toBe(true);
  expect(reaches(of('331081100', 'zeguo'), songmen)).toBe(true);
  expect(reaches(of('331081100', 'second'), songmen)).toBe(false);
  expect(reaches(of('331081100'), songmen)).toBe(false);
  expect(reaches(of('331082', 'second'), songmen)).toBe(false);
  expect(of('331081', 'team').unit).toBeNull();
});

test('an order opens what a team does at a case, and nothing of how the place is alarmed or what becomes of the case', () => {
  const team = reachOf('331081', { area: '331081100', unit: 'team' });
  for (const act of ['move-ticket', 'move-party', 'add-evidence', 'add-note'] as const)
    expect(mayActOn(team, act, songmen)).toBe(true);
  for (const act of ['shelve-alarm', 'merge-incidents', 'assign-ticket', 'reopen-ticket'] as const) {
    expect(mayActOn(team, act, songmen)).toBe(false);
    expect(mayActOn(reachOf('331081', { area: '331081101' }), act, songmen)).toBe(true);
  }
});

test('a unit acts for itself and for those under it', () => {
  expect(leads('team', 'team', unitOf)).toBe(true);
  expect(leads('zeguo', 'team', unitOf)).toBe(true);
  expect(leads('team', 'zeguo', unitOf)).toBe(false);
  expect(leads('songmen', 'team', unitOf)).toBe(false);
  expect(leads(null, 'team', unitOf)).toBe(false);
  expect(leads(undefined, 'nobody-knows', unitOf)).toBe(false);
});
