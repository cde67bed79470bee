import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const mqtt = 'gateway/src/sources/mqtt/';
const files: Record<string, string> = {
  E: 'gateway/test/mqtt-endpoint.test.ts',
  C: 'gateway/test/mqtt-clients.test.ts',
  H: 'gateway/test/mqtt-hostile.test.ts',
  F: 'gateway/test/mqtt-fuzz.test.ts',
  T: 'gateway/test/mqtt-tls.test.ts',
  O: `${mqtt}connect.test.ts`,
  R: `${mqtt}packet-reader.test.ts`,
  P: `${mqtt}publish-packet.test.ts`,
  W: `${mqtt}inbound-window.test.ts`,
  Q: 'gateway/src/intake-queue.test.ts',
};

const [endpoint = ''] = read('docs/mqtt-conformance.md').split('## The session');

const rows = endpoint
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| clause'))
  .map((line) => line.split(' | '))
  .map(([clause = '', , tests = '']) => ({ clause: clause.slice(2), tests }));

test('the table of clauses is there', () => {
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows)('tests of $clause', ({ tests }) => {
  const named = [...tests.matchAll(/([A-Z]) “([^”]+)”/g)];
  expect(named).not.toEqual([]);
  for (const [, file = '', name = ''] of named)
    expect(read(files[file]!), `${file} “${name}”`).toContain(name);
});
