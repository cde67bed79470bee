import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { request } from './request.ts';

const ask = () => request({ method: 'GET', path: '/session', answer: z.object({ name: z.string() }) });
const answering = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));

afterEach(() => vi.unstubAllGlobals());

test('an answer is read with its schema', async () => {
  answering(200, '{"name":"王佳强"}');
  expect(await ask()).toEqual({ ok: true, body: { name: '王佳强' } });
});

test('every failure has its reason', async () => {
  const reasons = [];
  for (const status of [401, 429, 503, 500, 404]) {
    answering(status, '{}');
    reasons.push(await ask());
  }
  expect(reasons.map((answer) => !answer.ok && answer.reason)).toEqual([
    'unauthenticated',
    'locked',
    'away',
    'broken',
    'refused',
  ]);
});

test('no answer is away, and an answer of another kind is broken', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('network')));
  expect(await ask()).toEqual({ ok: false, reason: 'away' });
  answering(200, '<!doctype html>');
  expect(await ask()).toEqual({ ok: false, reason: 'broken' });
});
