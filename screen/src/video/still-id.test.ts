import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { stillId } from './still-id.ts';

test('every desk names the still of a camera the same, as an id that the station takes', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (incident, camera) => {
      expect(stillId(incident, camera)).toBe(stillId(incident, camera));
      expect(z.uuid().safeParse(stillId(incident, camera)).success).toBe(true);
    }),
  );
});

test('another case or another camera has another', () => {
  const ids = ['331081-I1', '331081-I2'].flatMap((incident) =>
    ['C-0231', 'C-0232'].map((camera) => stillId(incident, camera)),
  );
  expect(new Set(ids).size).toBe(4);
});
