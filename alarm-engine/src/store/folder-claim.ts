import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../startup-error.ts';

export interface FolderClaim {
  release(): Promise<void>;
}

/**
 * Claims a folder for this process for as long as it lives: a second server on the same folder would adopt
 * the first one's database and stop it under its feet. The claim is a listening socket named after the
 * folder, so the kernel ends it with the process, kill -9 included; a pid file could not promise that.
 */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  const name = claimName(folder);
  let server = await listen(name);
  if (server === null && process.platform === 'darwin' && !(await answers(name))) {
    rmSync(name, { force: true });
    server = await listen(name);
  }
  if (server === null)
    throw new StartupError(
      'already-running',
      `Another Fenghuo is running on the data in ${folder}: stop it first.`,
    );
  const held = server;
  return { release: () => new Promise((resolve) => held.close(() => resolve())) };
}

/** An abstract socket on Linux, a pipe on Windows: both leave no file. Elsewhere a socket file. */
function claimName(folder: string): string {
  const name = `fenghuo-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
