import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlaylist, renameParts } from './live-playlist.ts';
import { PictureDoor } from './picture-door.ts';

const mediaMtx = `#EXTM3U
#EXT-X-VERSION:10
#EXT-X-TARGETDURATION:2
#EXT-X-PART-INF:PART-TARGET=0.2
#EXT-X-MEDIA-SEQUENCE:27
#EXT-X-MAP:URI="a_init.mp4"
#EXT-X-GAP
#EXTINF:2,
gap.mp4
#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:00+08:00
#EXTINF:1.5,
a_seg1.mp4
#EXTINF:2.00000,
a_seg2.mp4
#EXT-X-PART:DURATION=0.2,URI="a_part3.mp4",INDEPENDENT=YES
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="a_part4.mp4"
`;

test('the newest two segments, each with the time of its last picture; gaps and parts are none', () => {
  const playlist = readPlaylist(mediaMtx)!;
  const ends = (uri: string, ms: number) => ({ uri, endsAt: Date.UTC(2026, 2, 1, 4) + ms, isRange: false });
  expect(playlist.segments).toEqual([ends('a_seg1.mp4', 1500), ends('a_seg2.mp4', 3500)]);
  expect([playlist.next, playlist.targetMs, playlist.variant]).toEqual([30, 2000, null]);
});

test('every address is renamed, wherever it stands, and nothing else', () => {
  const renamed = renameParts(mediaMtx, (uri) => `live/${uri}`);
  expect(renamed.match(/live\/[\w.]+/g)).toEqual(
    ['a_init', 'gap', 'a_seg1', 'a_seg2', 'a_part3', 'a_part4'].map((name) => `live/${name}.mp4`),
  );
  expect(renamed.replaceAll('live/', '')).toBe(mediaMtx);
});

test('whatever a camera’s server writes: no fault, and no address of it reaches a viewer unsigned', () => {
  const door = new PictureDoor(Buffer.alloc(32, 1));
  const line = fc.oneof(
    fc.constantFrom(
      '#EXTINF:2,',
      '#EXT-X-STREAM-INF:X',
      '#EXT-X-MAP:URI="x"',
      '#EXT-X-KEY:URI="http://e/k"',
      'a.ts',
      '../../b.ts',
    ),
    fc.webUrl(),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = ['#EXTM3U', ...lines].join('\n');
      const url = 'http://video/C-1/index.m3u8';
      readPlaylist(text);
      for (const said of door.playlistFor('C-1', { text, url, folder: 'live/' }).split(/\r?\n/)) {
        if (said.trim() === '' || said.startsWith('#')) continue;
        const address = door.addressOf('C-1', said.slice('live/'.length), url);
        expect(address).toMatch(/^http:\/\/video\//);
        expect(door.addressOf('C-2', said.slice('live/'.length), url)).toBeNull();
      }
    }),
  );
});
