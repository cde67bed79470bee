import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';
import { Effects } from './effects.ts';
import { EngineState } from './engine-state.ts';
import { tellHolder } from './tell-holder.ts';

const words = { zh: '火警', en: 'Fire' };
const ticket: TicketRecord = {
  ...{
    id: 'T-1',
    run: null,
    caseCode: 'WL-1',
    incident: 'I-1',
    severity: 'high',
    title: words,
    place: words,
  },
  ...{ workflow: 'wenling@1', stage: 'received', escalations: [], lateness: [], parties: [], evidence: [] },
  ...{ listed: null, visits: [], reopened: 0 },
  ...{ area: '331081100', step: 'received', stepSince: 0, holder: 'U1', holderLevel: 'township' },
  ...{
    holderName: words,
    due: { stage: 'accepted', since: 0, yellowAt: 40_000, at: 60_000, limitMs: 60_000 },
    overdue: false,
  },
  ...{ moves: [], openedAt: 0, countedFrom: 0, closedAt: null, version: 1 },
};

/** Id, unit, and whether they are on duty. */
type Somebody = [id: string, unit: string, onDuty: boolean];
const staffed: Somebody[] = [
  ['P1', 'U1', true],
  ['P2', 'U1', false],
  ['P0', 'U0', true],
];

function toldOf(told: TicketRecord, people: Somebody[] = staffed) {
  const county = { code: '331081', name: words, casePrefix: 'WL', demo: false };
  const effects = new Effects();
  const registry = new Registry(county);
  const unit = { area: '331081', parent: null, name: words, lon: 0, lat: 0, capabilities: [] };
  registry.addUnit({ ...unit, id: 'U0', level: 'county' });
  registry.addUnit({ ...unit, id: 'U1', level: 'township', parent: 'U0' });
  for (const [id, of, onDuty] of people) registry.addPerson({ id, unit: of, post: 'mobile', onDuty });
  const rulebook = shippedRulebook();
  const { workflow } = shippedWorkflow();
  const turn = {
    ...{ state: new EngineState({ rulebook, workflows: [workflow] }), registry },
    ...{ rulebook, workflow, effects },
    ...{
      no: 36,
      event: null,
      made: '',
      stirred: [],
      inMotion: [],
      now: 0,
      day: '',
      timeZone: 'Asia/Shanghai',
    },
    ...{ witnesses: new Map(), nextDevice: 0, joins: null },
  };
  tellHolder(turn, 'opened', told);
  tellHolder(turn, 'raised', told);
  return {
    messages: effects.messages,
    acts: effects.audit.map(({ act, detail }) => [act, JSON.parse(detail)]),
  };
}

test('a message is named by the input that it tells of, and holds the ticket as it was', () => {
  const { messages, acts } = toldOf(ticket);
  expect(messages.map(({ id }) => id)).toEqual(['331081-M10-opened', '331081-M10.2-raised']);
  expect(messages[0]).toMatchObject({ unit: 'U1', people: ['P1'], note: null });
  expect(acts).toEqual([]);
  expect(messages[0]?.ticket).toMatchObject({ holder: 'U1', due: { stage: 'accepted', at: 60_000 } });
});

test('of a drill nobody is told', () => {
  expect(toldOf({ ...ticket, run: 'R1' })).toEqual({ messages: [], acts: [] });
});

test('nobody of the unit is on duty: the next one up that has somebody is told in its place, and the record says so', () => {
  const { messages, acts } = toldOf(ticket, staffed.slice(1));
  const heard = {
    unit: 'U1',
    people: ['P0'],
    note: { en: 'nobody of Fire is on duty: you are told instead' },
  };
  expect(messages).toMatchObject([heard, heard]);
  expect(acts[0]).toEqual(['find-nobody-on-duty', { kind: 'opened', unit: 'U1', instead: 'U0' }]);
});

test('nobody is on duty up to the county: the record says so', () => {
  const { messages, acts } = toldOf(ticket, []);
  expect(messages).toEqual([]);
  expect(acts[0]).toEqual(['find-nobody-on-duty', { kind: 'opened', unit: 'U1', instead: null }]);
});
