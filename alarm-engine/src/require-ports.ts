import { createServer } from 'node:net';
import { StartupError } from './startup-error.ts';

/** Ports by the setting that names them; 0 is any free one and null none, which need no look. */
export type Ports = Readonly<Record<string, number | null>>;

/** Looks before anything is made whether the ports can be had: a taken one is told at once, and not after a minute. */
export async function requirePorts(host: string, ports: Ports): Promise<void> {
  for (const [setting, port] of Object.entries(ports)) {
    if (port === 0 || port === null || (await canListen(host, port))) continue;
    const stop = `Stop it, or set ${setting} to another.`;
    throw new StartupError('port-taken', `Port ${port} on ${host} is taken by another program. ${stop}`);
  }
}

/** False when the port is taken; other troubles are told by who really listens. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}
