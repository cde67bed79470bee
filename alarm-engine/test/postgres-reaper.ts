import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until whoever started it is gone (its standard input ends, by whatever death), then ends the
 * postmasters below the folder of its argument and removes the folder. So an interrupted test run leaves
 * neither processes nor files behind.
 */
const folder = process.argv[2]!;
process.on('SIGINT', () => {});
process.stdin.resume().once('end', async () => {
  for (const file of globSync('**/postmaster.pid', { cwd: folder }))
    await end(Number(readFileSync(join(folder, file), 'utf8').split('\n')[0]));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function end(pid: number): Promise<void> {
  for (let signal: NodeJS.Signals | 0 = 'SIGQUIT'; ; signal = 0) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    await delay(20);
  }
}
