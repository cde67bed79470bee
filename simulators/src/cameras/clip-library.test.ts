import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadClips } from './clip-library.ts';
import { segmentsOfClip } from './clip-names.ts';

test('every clip is there, whole, and no two segments of all of them look the same', async () => {
  const clips = [...(await loadClips()).values()];
  expect(clips).toHaveLength(24);
  const digests = new Set<string>();
  let count = 0;
  let bytes = 0;
  for (const { name, init, segments } of clips) {
    expect([name, segments.length]).toEqual([name, name.endsWith('still') ? 1 : segmentsOfClip]);
    expect([name, init.toString('latin1', 4, 8), init.includes('avcC')]).toEqual([name, 'ftyp', true]);
    for (const segment of segments) {
      expect(segment.toString('latin1', 4, 8)).toBe('moof');
      digests.add(createHash('sha256').update(segment).digest('hex'));
      count += 1;
      bytes += segment.length;
    }
  }
  expect(digests.size).toBe(count);
  expect(bytes).toBeLessThan(6_000_000);
});
