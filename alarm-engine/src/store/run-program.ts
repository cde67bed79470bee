import { spawn } from 'node:child_process';
import type { ServiceUser } from './service-user.ts';

export interface ProgramRun {
  program: string;
  args: readonly string[];
  /** Runs as this user; as ourselves when null. */
  user: ServiceUser | null;
  /** Working folder; it must be one that the user can enter. */
  folder: string;
}

export interface ProgramEnd {
  /** Exit code; null when the program could not be started or was killed. */
  code: number | null;
  /** Standard output and standard error together, trimmed. */
  output: string;
}

/**
 * Runs a program of Postgres to its end, with an environment that holds nothing of ours: a stray PGDATA,
 * LD_LIBRARY_PATH or locale decides nothing.
 */
export function runProgram({ program, args, user, folder }: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: programEnvironment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString().trim() }));
  });
}

function programEnvironment(home: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { HOME: home, LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP'])
    if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
}
