import { hostname } from 'node:os';
import { commandLineOf } from '../store/process-command-line.ts';

/** What this process is called in the lease: machine and process. */
export function leaseHolder(): string {
  return `${hostname()}:${process.pid}`;
}

/**
 * True when a holder was a process of this machine and is none any more. One with our own number died before we got
 * it. Containers may share a name and not their processes, so this alone proves nothing.
 */
export async function isDead(holder: string): Promise<boolean> {
  const colon = holder.lastIndexOf(':');
  const pid = Number(holder.slice(colon + 1));
  if (holder.slice(0, colon) !== hostname()) return false;
  return pid === process.pid || (await commandLineOf(pid)) === null;
}
