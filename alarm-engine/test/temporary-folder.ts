import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TemporaryFolder {
  path: string;
  /** Ends the postmasters below it and removes it. */
  remove(): Promise<void>;
}

/**
 * A folder that everyone may enter, for databases of a test. It is cleaned up also when the test run is
 * killed: a small process of its own waits for that.
 */
export function makeTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'fenghuo-test-'));
  chmodSync(path, 0o755);
  const reaper = startReaper(path);
  return {
    path,
    async remove() {
      const gone = once(reaper, 'exit');
      reaper.ref();
      reaper.stdin?.end();
      await gone;
    },
  };
}

function startReaper(folder: string): ChildProcess {
  const script = fileURLToPath(new URL('postgres-reaper.ts', import.meta.url));
  const reaper = spawn(process.execPath, [script, folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  reaper.unref();
  return reaper;
}
