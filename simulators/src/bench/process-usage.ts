import { readdir, readFile } from 'node:fs/promises';

/** What `/proc` counts in, on every Linux that Node runs on: `getconf CLK_TCK`. Microseconds. */
const tickUs = 10_000;

/** Processor time of a process and all below it so far, user and system; null where there is no `/proc`. µs. */
export async function cpuTimeUs(pid: number): Promise<number | null> {
  const processes = await readProcesses();
  if (!processes.has(pid)) return null;
  let ticks = 0;
  for (const [id, { own, reaped }] of processes) if (isBelow(processes, id, pid)) ticks += own + reaped;
  return ticks * tickUs;
}

function isBelow(processes: ReadonlyMap<number, Usage>, pid: number, root: number): boolean {
  for (let id: number | undefined = pid; id !== undefined; id = processes.get(id)?.parent)
    if (id === root) return true;
  return false;
}

/** Most memory that a process ever held; null where there is no `/proc`. Bytes. */
export async function peakMemoryBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

interface Usage {
  parent: number;
  /** Ticks of its own, and of children that ended and were waited for. */
  own: number;
  reaped: number;
}

async function readProcesses(): Promise<Map<number, Usage>> {
  const names = await readdir('/proc').catch(() => []);
  const processes = new Map<number, Usage>();
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const usage = parseStat(await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''));
    if (usage !== null) processes.set(Number(name), usage);
  }
  return processes;
}

/** A line of `/proc/<pid>/stat`; its second field is a name in brackets that may hold anything. */
export function parseStat(line: string): Usage | null {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 16) return null;
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), own: at(14) + at(15), reaped: at(16) + at(17) };
}
