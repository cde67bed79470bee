import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditEntry, firstDigest, linkDigest } from './chain.ts';
import { type AuditLink, type AuditRow, type ChainFault, ChainVerifier } from './verify-chain.ts';

interface Stored {
  rows: AuditRow[];
  links: AuditLink[];
}

function record(sizes: readonly number[], reason: string): Stored {
  const stored: Stored = { rows: [], links: [] };
  let previous: Buffer = firstDigest;
  for (const [batch, size] of sizes.entries()) {
    const firstNo = stored.rows.length + 1;
    const entries = Array.from({ length: size }, (_, i): AuditEntry => {
      const facts = { actor: 'engine', role: 'engine', seat: '', act: 'raise-alarm', subject: 'A' };
      return { no: firstNo + i, at: 0, ...facts, area: '331081', run: null, reason, detail: '{}' };
    });
    const digest = linkDigest(previous, entries);
    stored.rows.push(...entries.map((entry) => ({ ...entry, batch })));
    stored.links.push({ batch, firstNo, lastNo: firstNo + size - 1, previous, digest });
    previous = digest;
  }
  return stored;
}

function faultOf({ rows, links }: Stored, heads = [headOf(links)]): ChainFault | null {
  const verifier = new ChainVerifier(heads);
  let at = 0;
  for (const [i, link] of links.entries()) {
    const from = at;
    while (at < rows.length && rows[at]!.batch === link.batch && rows[at]!.no <= link.lastNo) at += 1;
    const entries = rows.slice(from, at);
    const fault = verifier.take({ link, entries, next: rows[at], following: links[i + 1] });
    if (fault !== null) return fault;
  }
  return verifier.end(rows[at]);
}

const headOf = (links: readonly AuditLink[]) => {
  const { lastNo: no, digest } = links.at(-1)!;
  return { no, digest: digest.toString('hex') };
};

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
const place = fc.nat();

test('any record holds up to its kept head', () => {
  fc.assert(fc.property(sizes, fc.string(), (of, reason) => faultOf(record(of, reason)) === null));
});

test('any rows and links taken away are missed, the first at its place', () => {
  const wish = fc.tuple(
    sizes,
    fc.array(place, { minLength: 1, maxLength: 3 }),
    fc.array(place, { maxLength: 2 }),
  );
  fc.assert(
    fc.property(wish, ([of, rowsGone, linksGone]) => {
      const whole = record(of, 'x');
      const goneRows = new Set(rowsGone.map((n) => 1 + (n % whole.rows.length)));
      const goneLinks = new Set(linksGone.map((n) => n % whole.links.length));
      const fault = faultOf(
        {
          rows: whole.rows.filter(({ no }) => !goneRows.has(no)),
          links: whole.links.filter(({ batch }) => !goneLinks.has(batch)),
        },
        [headOf(whole.links)],
      );
      const firstLink = whole.links.find(({ batch, firstNo, lastNo }) => {
        return goneLinks.has(batch) || [...goneRows].some((no) => no >= firstNo && no <= lastNo);
      })!;
      expect(fault).not.toBeNull();
      expect(fault!.fromNo).toBeGreaterThanOrEqual(firstLink.firstNo);
      expect(fault!.fromNo).toBeLessThanOrEqual(firstLink.lastNo);
    }),
  );
});

test('any field of any row bent is found in its batch', () => {
  const bends: ((row: AuditRow) => Partial<AuditRow>)[] = [
    ({ at }) => ({ at: at + 1 }),
    ...(['actor', 'role', 'seat', 'act', 'subject', 'area', 'reason', 'detail'] as const).map(
      (field) => (row: AuditRow) => ({ [field]: `${row[field]} ` }),
    ),
    () => ({ run: '' }),
    ({ batch }) => ({ batch: batch + 1 }),
  ];
  fc.assert(
    fc.property(sizes, place, fc.constantFrom(...bends), (of, n, bend) => {
      const { rows, links } = record(of, 'x');
      const row = rows[n % rows.length]!;
      const { batch } = row;
      Object.assign(row, bend(row));
      expect(faultOf({ rows, links })).toMatchObject({ kind: 'bent-row', batch });
    }),
  );
});
