import { expect, test } from 'vitest';
import { type CameraCheck, checkCamera, type Look } from './check-camera.ts';
import type { Fetched } from './fetch-bytes.ts';

const noon = Date.UTC(2026, 2, 1, 4);
const url = 'http://cameras/C-1/index.m3u8';
const found = (body: string): Fetched => ({ ok: true, url, body: Buffer.from(body) });

/** A playlist of two segments of 2 s; without a time, it tells none. */
const playlist = (endsAt: number | null, first = 7, more = '') =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:${first}\n${more}${
    endsAt === null ? '' : `#EXT-X-PROGRAM-DATE-TIME:${new Date(endsAt - 4000).toISOString()}\n`
  }#EXTINF:2,\n${first}.ts\n#EXTINF:2,\n${first + 1}.ts\n`;

const look = (
  answers: Record<string, Fetched>,
  given: Partial<CameraCheck> & { at?: number; before?: Look | null } = {},
) =>
  checkCamera({
    ...{ url, before: null, sampled: false, now: () => given.at ?? noon },
    fetch: async (asked) => answers[asked.slice('http://cameras/C-1/'.length)] ?? { ok: false, status: 0 },
    ...given,
  });
const state = async (...given: Parameters<typeof look>) => (await look(...given)).state;

test.each<[string, Fetched, string]>([
  ['new', found(playlist(noon - 1500)), 'live'],
  ['a clock ahead of ours', found(playlist(noon + 9000)), 'live'],
  ['15 s old', found(playlist(noon - 15_000)), 'live'],
  ['older', found(playlist(noon - 15_001)), 'late'],
  ['no picture in it', found('#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:4\n'), 'no-signal'],
  ['a gap and a gap', found(playlist(noon).replaceAll('#EXTINF', '#EXT-X-GAP\n#EXTINF')), 'no-signal'],
  ['not found', { ok: false, status: 404 }, 'no-signal'],
  ['gone', { ok: false, status: 410 }, 'no-signal'],
  ['refused', { ok: false, status: 401 }, 'offline'],
  ['broken', { ok: false, status: 503 }, 'offline'],
  ['no answer', { ok: false, status: 0 }, 'offline'],
  ['a page', found('<html>'), 'offline'],
])('%s: %s', async (_, answer, wanted) => {
  expect(await state({ 'index.m3u8': answer })).toBe(wanted);
});

test('long segments may be longer on their way', async () => {
  const long = playlist(noon - 29_000).replace('DURATION:2', 'DURATION:6');
  expect(await state({ 'index.m3u8': found(long) })).toBe('live');
});

test('no time told: it is late when the next look finds the same, whatever its clock says', async () => {
  for (const endsAt of [null, noon + 3_600_000]) {
    const first = await look({ 'index.m3u8': found(playlist(endsAt)) });
    expect(first.state).toBe('live');
    const again = { before: first.look, at: noon + 180_000 };
    expect(await look({ 'index.m3u8': found(playlist(endsAt)) }, again)).toMatchObject({
      ...{ state: 'late', ageMs: 180_000 },
    });
    expect(await state({ 'index.m3u8': found(playlist(endsAt && endsAt + 180_000, 97)) }, again)).toBe(
      'live',
    );
  }
});

test('a playlist of variants is followed, once', async () => {
  const variants = found('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n');
  expect(await state({ 'index.m3u8': variants, 'low.m3u8': found(playlist(noon)) })).toBe('live');
  expect(await state({ 'index.m3u8': variants, 'low.m3u8': variants })).toBe('no-signal');
});

test('sampled: frozen when the newest segment shows what the one before it showed', async () => {
  const answers = { 'index.m3u8': found(playlist(noon)), '7.ts': found('one'), '8.ts': found('one') };
  expect(await state(answers)).toBe('live');
  expect(await state(answers, { sampled: true })).toBe('frozen');
  expect(await state({ ...answers, '8.ts': found('other') }, { sampled: true })).toBe('live');
  expect(await state({ ...answers, '8.ts': { ok: false, status: 404 } }, { sampled: true })).toBe('live');
  const head = 'x'.repeat(20_000);
  const long = { ...answers, '7.ts': found(`${head}one`), '8.ts': found(`${head}two`) };
  expect(await state(long, { sampled: true })).toBe('live');
  const parts = found(playlist(noon).replaceAll('#EXTINF', '#EXT-X-BYTERANGE:9@0\n#EXTINF'));
  expect(await state({ ...answers, 'index.m3u8': parts }, { sampled: true })).toBe('live');
});
