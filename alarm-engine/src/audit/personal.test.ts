import { expect, test } from 'vitest';
import { personalDigest, sealPersonal } from './personal.ts';

const entry = {
  ...{ no: 1, at: 0, actor: 'engine', role: 'engine', seat: '', act: 'raise-alarm', subject: 'A1' },
  ...{ area: '331081', run: null, reason: '', detail: '{"device":"S-1"}' },
};

test('what is personal leaves the entry, its digest stays; the same words under another salt look different', () => {
  const personal = '{"phone":"13812342207"}';
  const sealed = [1, 2].map((byte) => sealPersonal({ ...entry, personal }, () => Buffer.alloc(16, byte)));
  for (const { entry: kept, kept: payload } of sealed) {
    expect(payload?.payload).toBe(personal);
    const digest = personalDigest(payload!).toString('hex');
    expect(JSON.parse(kept.detail)).toEqual({ device: 'S-1', personal: digest });
    expect(kept).not.toHaveProperty('personal');
  }
  expect(sealed[0]!.entry.detail).not.toBe(sealed[1]!.entry.detail);
});

test('an entry without anything personal stays as it is', () => {
  expect(sealPersonal({ ...entry, personal: null }, () => Buffer.alloc(16))).toEqual({ entry, kept: null });
});
