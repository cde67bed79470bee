import { command } from '@fenghuo/contracts/commands.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { act, newCommandId } from './act.ts';

const acknowledge = command.parse({
  act: 'acknowledge-alarm',
  id: newCommandId(),
  subject: 'A1',
  expectedVersion: 1,
});

const answering = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));

afterEach(() => vi.unstubAllGlobals());

test('ids are UUIDs of version 4, each another', () => {
  const ids = Array.from({ length: 50 }, newCommandId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a committed act tells the version to wait for', async () => {
  answering(200, { ok: true, id: acknowledge.id, engineNo: 7, version: 2 });
  expect(await act(acknowledge)).toEqual({ state: 'done', version: 2 });
});

test('a refusal keeps its reason and its words', async () => {
  const answer = {
    ok: false,
    id: acknowledge.id,
    reason: 'version-conflict',
    message: { zh: '已被他人更改', en: 'Changed by somebody else' },
    allowed: [],
  };
  answering(409, answer);
  expect(await act(acknowledge)).toEqual({ state: 'refused', answer });
});

test('an act without an answer yet is neither done nor failed', async () => {
  answering(202, {});
  expect(await act(acknowledge)).toEqual({ state: 'unanswered' });
});

test('a server that is away or fails is told apart', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('network')));
  expect(await act(acknowledge)).toEqual({ state: 'failed', reason: 'away' });
  answering(401, { error: 'unauthenticated', message: '' });
  expect(await act(acknowledge)).toEqual({ state: 'failed', reason: 'unauthenticated' });
});
