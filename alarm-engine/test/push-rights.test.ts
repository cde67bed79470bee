import type { ClientToServer, ServerToClient } from '@fenghuo/contracts/push.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type Role, roles } from '@fenghuo/contracts/words.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aHold, anAlarm, anIncident, aTicket, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, startTestWeb, type TestWeb } from './test-web.ts';

/**
 * What each event of the socket says of an area: `scoped` only what lies in the viewer's, `county` numbers of the county
 * as a whole. The types see to it that a new event has its entry.
 */
const events: Record<keyof ServerToClient, 'scoped' | 'county'> = {
  snapshot: 'scoped',
  changes: 'scoped',
  pulse: 'county',
  directory: 'county',
  presence: 'scoped',
  states: 'scoped',
  walls: 'scoped',
  wallOrders: 'scoped',
  teams: 'scoped',
};
const asked: Record<keyof ClientToServer, unknown> = {
  follow: { after: null },
  followStates: undefined,
  look: { incident: 'I-zeguo' },
  showing: {
    ...{ layout: 'standard', mode: 'everyday', incident: null, sound: 'on' },
    ...{ width: 1920, height: 1080 },
  },
};

/** What somebody wrote names a citizen's number. */
const written = '户主 13812342207';
const move: TicketRecord['moves'][number] = {
  ...{
    at: noon,
    from: 'received',
    to: 'dispatched',
    stage: 'dispatched',
    by: 'dispatcher',
    holder: 'U-team',
  },
  reason: written,
};
/** Who sees it, written down a second time. */
const readers: readonly Role[] = [
  'commander',
  'dispatcher',
  'responder',
  'grid-worker',
  'administrator',
  'auditor',
];

let web: TestWeb;
let version = 1;
beforeAll(async () => {
  web = await startTestWeb();
  await burn();
});
afterAll(() => web.stop());

async function burn(): Promise<void> {
  const area = `${zeguo}203-02`;
  const units = ['U-songmen'];
  version += 1;
  await web.writer.write(
    {
      ...{ topic: 'alarm', units },
      doc: anAlarm({ id: 'A-zeguo', area, version, incident: 'I-zeguo', acknowledgedComment: written }),
    },
    { topic: 'incident', units, doc: anIncident({ id: 'I-zeguo', area, version, ticket: 'T-zeguo' }) },
    {
      ...{ topic: 'ticket', units },
      doc: aTicket({ id: 'T-zeguo', area, version, incident: 'I-zeguo', moves: [move] }),
    },
    { topic: 'hold', doc: aHold({ id: 'H-zeguo', area, version, reason: written }) },
  );
}

/** All that a screen hears from its first word to the change after it, event by event. */
async function listen(cookie: string): Promise<Map<string, string>> {
  const socket = web.socket(cookie);
  const heard = new Map<string, string>();
  const waiting = { snapshot: Promise.withResolvers<void>(), change: Promise.withResolvers<void>() };
  let until = Number.POSITIVE_INFINITY;
  socket.onAny((event: string, message: { no?: number }) => {
    heard.set(event, (heard.get(event) ?? '') + JSON.stringify(message));
    if (event === 'snapshot') waiting.snapshot.resolve();
    if (event === 'changes' && (message.no ?? 0) >= until) waiting.change.resolve();
  });
  await connect(socket);
  for (const [event, request] of Object.entries(asked)) socket.emit(event as 'follow', request as never);
  await waiting.snapshot.promise;
  await burn();
  until = web.writer.no;
  await waiting.change.promise;
  socket.disconnect();
  return heard;
}

/** Of Songmen, whose unit is ordered to the case in Zeguo. */
async function enterOrdered(role: Role): Promise<string> {
  const name = `${role}-ordered`;
  const cookie = await enter(web, role, songmen, name);
  await web.pool.query(`update fenghuo.account set unit = 'U-songmen' where name = $1`, [name]);
  return cookie;
}

describe.each(roles)('%s', (role) => {
  test('hears in its area what burns there, numbers of citizens by its right; elsewhere only the case to which its unit is ordered', async () => {
    const inside = await listen(await enter(web, role, zeguo, `${role}-in`));
    const outside = await listen(await enter(web, role, songmen, `${role}-out`));
    for (const heard of [inside, outside])
      for (const event of heard.keys()) expect(Object.keys(events)).toContain(event);
    for (const event of ['snapshot', 'changes'])
      for (const id of ['A-zeguo', 'I-zeguo', 'T-zeguo', 'H-zeguo'])
        expect(inside.get(event)).toContain(`"${id}"`);
    for (const event of ['snapshot', 'changes']) {
      expect(inside.get(event)?.includes('13812342207')).toBe(readers.includes(role));
      expect(inside.get(event)?.includes('138****2207')).toBe(!readers.includes(role));
    }
    const ordered = await listen(await enterOrdered(role));
    for (const event of ['snapshot', 'changes']) {
      for (const id of ['A-zeguo', 'I-zeguo', 'T-zeguo']) expect(ordered.get(event)).toContain(`"${id}"`);
      expect(ordered.get(event)).not.toContain('H-zeguo');
      expect(ordered.get(event)?.includes('13812342207')).toBe(readers.includes(role));
    }
    for (const [event, said] of outside) expect(said, event).not.toMatch(/[AITH]-zeguo/);
    expect(outside.get('snapshot')).not.toContain(`${zeguo}203`);
  });
});
