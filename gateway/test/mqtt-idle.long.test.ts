import { expect, test } from 'vitest';
import { Child } from './child.ts';
import type { IdleEndpointSays } from './idle-endpoint.ts';

async function look(endpoint: Child): Promise<{ connections: number; rssBytes: number }> {
  endpoint.send('look');
  const said = await endpoint.hears<IdleEndpointSays>();
  if ('port' in said) throw new Error('it told its port twice');
  return said;
}

/** Measured: 34 to 38 MB, of which Node takes 29 for sockets of which nobody knows anything. */
test.each([4, 5])('10,000 idle connections of protocol level %s cost 50 MB at most', async (version) => {
  await using endpoint = new Child('./idle-endpoint.ts');
  const { port } = await endpoint.hears<{ port: number }>();
  const before = await look(endpoint);
  await using clients = new Child('./idle-clients.ts', port, 10_000, version);
  await clients.hears();
  const after = await look(endpoint);
  expect(after.connections).toBe(10_000);
  expect((after.rssBytes - before.rssBytes) / 2 ** 20).toBeLessThan(50);
});
