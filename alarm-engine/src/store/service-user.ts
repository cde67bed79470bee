import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';

/** The unprivileged user that Postgres runs as when we are root, since it refuses to run as root. */
export interface ServiceUser {
  name: string;
  uid: number;
  gid: number;
}

/** A user of our own first; else one that is on every system and owns nothing. */
const ownName = 'fenghuo';
const fallbacks = ['nobody', 'daemon'];

/**
 * Chooses the user for the cluster in `cluster`: who owns it already, else {@link ownName}, made with
 * `useradd` when it is missing, else a fallback.
 */
export async function chooseServiceUser(cluster: string, log: Logger): Promise<ServiceUser> {
  const owner = ownerOf(cluster);
  if (owner !== null) return owner;
  const own = (await findUser(ownName)) ?? (await makeUser(log));
  if (own !== null) return own;
  for (const name of fallbacks) {
    const user = await findUser(name);
    if (user === null) continue;
    log.warn({ user: name }, 'postgres runs as a user that other programs may share');
    return user;
  }
  throw new StartupError(
    'service-user',
    `Postgres does not run as root, and neither could the user ${ownName} be made nor is there one of ${fallbacks.join(', ')}: start Fenghuo as an ordinary user.`,
  );
}

function ownerOf(cluster: string): ServiceUser | null {
  const found = statSync(cluster, { throwIfNoEntry: false });
  if (found === undefined || found.uid === 0) return null;
  return { name: String(found.uid), uid: found.uid, gid: found.gid };
}

async function findUser(name: string): Promise<ServiceUser | null> {
  try {
    const [uid, gid] = [await runForText('id', ['-u', name]), await runForText('id', ['-g', name])];
    return { name, uid: Number(uid), gid: Number(gid) };
  } catch {
    return null;
  }
}

/** Null when there is no `useradd` or it fails; another process may have made the user meanwhile. */
async function makeUser(log: Logger): Promise<ServiceUser | null> {
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ownName];
  try {
    await runForText('useradd', args);
    log.info({ user: ownName }, 'made the system user that postgres runs as');
  } catch (error) {
    log.debug({ err: error }, 'useradd failed');
  }
  return findUser(ownName);
}

async function runForText(program: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` };
  return (await promisify(execFile)(program, args, { env })).stdout.trim();
}
