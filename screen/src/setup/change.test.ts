import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { change, refusalOf } from './change.ts';

const answers = (...statuses: [number, unknown][]) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => {
      const [status, body] = statuses.shift()!;
      return new Response(status === 204 ? null : JSON.stringify(body), { status });
    }),
  );
afterEach(() => void vi.unstubAllGlobals());
const wanted = { method: 'PUT', path: '/x', answer: z.object({ ok: z.literal(true) }) } as const;

test('waiting → asked again with the same id → done', async () => {
  answers([202, { id: 'x', waiting: true }], [200, { ok: true }]);
  expect(await change({ ...wanted, body: { id: 'x' } })).toEqual({ ok: true, body: { ok: true } });
});

test('what has no id of its own is not sent twice', async () => {
  answers([202, { id: 'x', waiting: true }], [200, { ok: true }]);
  expect(await change(wanted)).toEqual({ ok: false, refusal: { reason: 'waiting', words: null } });
});

test('a refusal keeps its words in both languages; one of the schema alone says that a field is wrong', () => {
  const refused = refusalOf(400, { error: 'invalid', message: '没有这个辖区代码 / There is no such area' });
  expect(refused).toEqual({
    reason: 'invalid',
    words: { zh: '没有这个辖区代码', en: 'There is no such area' },
  });
  expect(refusalOf(400, { error: 'invalid', message: 'The body is not as expected.' }).reason).toBe(
    'not-valid',
  );
  expect(refusalOf(500, '').reason).toBe('broken');
});
