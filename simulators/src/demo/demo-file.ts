import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../station/failure.ts';
import { readStation } from '../station/station-file.ts';

/** `<data>/demo.json`: which demo started which server, so that a demo that was killed leaves no orphan. */
const demoFile = z.object({ demo: z.int(), server: z.int() });

const pathOf = (data: string) => join(data, 'demo.json');

export async function writeDemoFile(data: string, server: number): Promise<void> {
  await writeFile(pathOf(data), `${JSON.stringify({ demo: process.pid, server })}\n`, { mode: 0o600 });
}

export async function removeDemoFile(data: string): Promise<void> {
  await rm(pathOf(data), { force: true });
}

/** An orphan that does not stop within this time is ended the hard way. Milliseconds. */
const orphanGraceMs = 16_000;
const lookMs = 50;

/**
 * Refuses while another demo runs on this folder, and stops the server of one that was killed and could not.
 * Process numbers are given again, so that of a server counts only while `station.json` names it too. True
 * when there was a server to stop.
 */
export async function settleEarlierDemo(data: string): Promise<boolean> {
  const text = await readFile(pathOf(data), 'utf8').catch(() => null);
  const file = demoFile.safeParse(text === null ? null : parseJson(text));
  if (!file.success || !isAlive(file.data.server)) return false;
  const { demo, server } = file.data;
  if (isAlive(demo))
    throw new Failure('already-running', `A demo runs on ${data} already (process ${demo}); stop it first.`);
  const station = await readStation(data).catch(() => null);
  if (station?.pid !== server) return false;
  process.kill(server, 'SIGTERM');
  for (let waited = 0; isAlive(server); waited += lookMs) {
    if (waited > orphanGraceMs) process.kill(server, 'SIGKILL');
    await pause(lookMs);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
