import { expect, test } from 'vitest';
import { failureIn } from './why-no-picture.ts';

test('502 says why; a playlist without a segment is no signal; one with segments that cannot be had is offline', () => {
  const refused = (reason: string) => failureIn(502, { error: reason, message: '' });
  expect(['no-signal', 'no-source', 'offline', 'something new'].map(refused)).toEqual([
    'no-signal',
    'no-source',
    'offline',
    'offline',
  ]);
  expect(failureIn(200, '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:7\n')).toBe('no-signal');
  expect(failureIn(200, '#EXTM3U\n#EXTINF:2.0,\n7.m4s\n')).toBe('offline');
  expect(failureIn(404, undefined)).toBe('no-source');
  expect(failureIn(503, undefined)).toBe('offline');
});
