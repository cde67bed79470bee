import { afterEach, expect, test, vi } from 'vitest';
import { pairWall } from './pair-wall.ts';

afterEach(() => vi.unstubAllGlobals());

const code = (deviceCode: string) => {
  return { deviceCode, userCode: 'BCDF-GHJK', verificationPath: '/pair', expiresInS: 600, intervalS: 5 };
};
const who = { account: 'wall-1', name: '大屏', role: 'wall', area: '331081', acts: [] };
const refusal = (error: string) => [400, { error, message: '' }] as const;

/** A server that answers in this order; null: away. Gives what was asked, what was shown, and how long was waited. */
async function paired(answers: (readonly [status: number, body: unknown] | null)[]) {
  const asked: string[] = [];
  const shown: (string | null)[] = [];
  const waited: number[] = [];
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    asked.push(url.replace('/api/v1/wall-pairings', '') + (body ?? ''));
    const next = answers.shift();
    if (next === null || next === undefined) throw new TypeError('away');
    return new Response(JSON.stringify(next[1]), { status: next[0] });
  });
  const outcome = await pairWall({
    onCode: (one) => shown.push(one?.deviceCode ?? null),
    wait: async (seconds) => void waited.push(seconds),
    signal: new AbortController().signal,
  });
  return { outcome, asked, shown, waited };
}

test('code → pending → told to slow down → server away → let in', async () => {
  const { outcome, shown, waited } = await paired([
    [201, code('a')],
    refusal('authorization_pending'),
    refusal('slow_down'),
    null,
    [200, who],
  ]);
  expect(outcome).toEqual(who);
  expect(shown).toEqual(['a']);
  expect(waited).toEqual([5, 5, 10, 10]);
});

test('no code to be had → code → over → another code → let in', async () => {
  const { outcome, asked, shown, waited } = await paired([
    [429, { error: 'locked', message: '' }],
    [201, code('a')],
    refusal('expired_token'),
    [201, code('b')],
    [200, who],
  ]);
  expect(outcome).toEqual(who);
  expect(shown).toEqual([null, 'a', 'b']);
  expect(asked.slice(-1)).toEqual(['/poll{"deviceCode":"b"}']);
  expect(waited).toEqual([10, 5, 5]);
});
