import { expect, test } from 'vitest';
import { type AuditEntry, firstDigest, linkDigest } from './chain.ts';

const entry: AuditEntry = {
  no: 1,
  at: 0,
  actor: 'engine',
  role: 'engine',
  seat: '',
  act: 'raise-alarm',
  subject: 'A1',
  area: '331081',
  run: null,
  reason: '',
  detail: '{}',
};

test('a link changes with its predecessor, with any field, with order and with number of entries', () => {
  const link = linkDigest(firstDigest, [entry, { ...entry, no: 2 }]).toString('hex');
  const others = [
    linkDigest(Buffer.alloc(32, 1), [entry, { ...entry, no: 2 }]),
    linkDigest(firstDigest, [entry]),
    linkDigest(firstDigest, [{ ...entry, no: 2 }, entry]),
    ...Object.keys(entry).map((field) =>
      linkDigest(firstDigest, [
        { ...entry, [field]: field === 'run' ? 'R' : 9 },
        { ...entry, no: 2 },
      ]),
    ),
  ];
  for (const other of others) expect(other.toString('hex')).not.toBe(link);
});
