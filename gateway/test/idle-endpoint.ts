import { setTimeout as wait } from 'node:timers/promises';
import type { Principal } from '../src/admission/principals.ts';
import { county, startStation } from './station.ts';

/** What this process tells: its port once, then its memory each time it is asked. */
export type IdleEndpointSays = { port: number } | { connections: number; rssBytes: number };

/** One object a connection, as the server's own directory makes it. */
class Device implements Principal {
  readonly name: string;
  readonly kind = 'device';
  readonly run = null;
  readonly clientId: string;
  readonly county = county;
  readonly #id: string;

  constructor(id: string, clientId: string) {
    this.name = `device:${id}`;
    this.clientId = clientId;
    this.#id = id;
  }

  mayUse(): boolean {
    return false;
  }

  mayPublish(deviceId: string): boolean {
    return deviceId === this.#id;
  }
}

/** A process with the endpoint and nothing else, so that what it weighs is what connections weigh. */
const station = await startStation({
  principals: { authenticate: async ({ username, clientId }) => new Device(username, clientId) },
});
const say = (what: IdleEndpointSays) => process.send!(what);

/** After a second, in which its regular look came by twice. */
process.on('message', async () => {
  await wait(1_000);
  say({ connections: station.gateway.tallies.connections, rssBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
say({ port: station.port });
