import type { CDPSession } from 'playwright-core';

/** What the browser wrote down: names and arguments are Chromium's own. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  id2?: { local?: string };
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** Of the processor, without what the thread waited for. */
  tdur?: number;
  args: {
    name?: string;
    frame_reporter?: { state?: string };
  };
}

export interface FrameFigures {
  /** Frames that came to the screen, a second: not those that were asked for. */
  fps: number;
  /** Work of the page's main thread between two of them, ms, waiting included. */
  mainMsP50: number;
  mainMsP95: number;
  /** The same in processor time: what it is on a machine that nobody else loads. */
  mainCpuMsP50: number;
  mainCpuMsP95: number;
  /** Share of the time in which the main thread worked. */
  mainShare: number;
}

const categories = [
  'cc',
  'benchmark',
  'blink.user_timing',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
];

/** Traces the browser while `during` runs. */
export async function traceBrowser(browser: CDPSession, during: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  browser.on('Tracing.dataCollected', collect);
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, recordMode: 'recordAsMuchAsPossible' },
  });
  await during();
  const complete = new Promise<void>((resolve) => browser.once('Tracing.tracingComplete', () => resolve()));
  await browser.send('Tracing.end');
  await complete;
  browser.off('Tracing.dataCollected', collect);
  return events;
}

/** The page whose frames are read has made this `performance.mark`: the browser keeps other renderers, some of them lively. */
export const tracedMark = 'traced';

/** What the page's renderer presented. */
export function readFrames(events: readonly TraceEvent[]): FrameFigures {
  const page = events.find(({ name }) => name === tracedMark)?.pid;
  const own = events.filter(({ pid }) => pid === page);
  const presented = own
    .filter(isPresented)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const main = own.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')?.tid;
  const tasks = own
    .filter((event) => event.tid === main && event.name === 'RunTask' && event.dur !== undefined)
    .sort((a, b) => a.ts - b.ts);
  const span = Math.max(1, (presented.at(-1) ?? 0) - (presented[0] ?? 0));
  const work = workBetween(presented, tasks, ({ dur = 0 }) => dur);
  const cpu = workBetween(presented, tasks, ({ tdur = 0 }) => tdur);
  return {
    fps: (presented.length - 1) / (span / 1e6),
    mainMsP50: quantile(work, 0.5),
    mainMsP95: quantile(work, 0.95),
    mainCpuMsP50: quantile(cpu, 0.5),
    mainCpuMsP95: quantile(cpu, 0.95),
    mainShare: tasks.reduce((sum, { dur = 0 }) => sum + dur, 0) / span,
  };
}

/** A reporter of the compositor begins with what became of its frame. */
function isPresented({ name, ph, args }: TraceEvent): boolean {
  const state = args.frame_reporter?.state ?? '';
  return (
    name === 'PipelineReporter' &&
    (ph === 'b' || ph === 'B' || ph === 'X') &&
    state.startsWith('STATE_PRESENTED')
  );
}

/**
 * How long after a `performance.mark` the first frame that holds what was on the page then came to the screen, ms. A frame holds
 * it when its commit, which hands the page over to the compositor, began later.
 */
export function presentedAfter(events: readonly TraceEvent[], mark: string): number | undefined {
  const marked = events.find(({ name }) => name === mark);
  if (marked === undefined) return undefined;
  const shown = framesOf(events.filter(({ pid }) => pid === marked.pid))
    .filter(({ committed }) => committed >= marked.ts)
    .map(({ presented }) => (presented - marked.ts) / 1000);
  return shown.length === 0 ? undefined : Math.min(...shown);
}

/** When the frames that came to the screen with something new of the page were committed and presented, microseconds. */
function framesOf(events: readonly TraceEvent[]): { committed: number; presented: number }[] {
  const frames: { committed: number; presented: number }[] = [];
  const open = new Map<string, { committed: number | null; shows: boolean }>();
  for (const event of events.toSorted((a, b) => a.ts - b.ts)) {
    const { name, ph, ts, id2: { local: id = '' } = {} } = event;
    if (name === 'Commit' && ph === 'b') open.set(id, { shows: false, ...open.get(id), committed: ts });
    if (name !== 'PipelineReporter') continue;
    const { committed, shows } = open.get(id) ?? {};
    if (ph === 'b') open.set(id, { committed: null, shows: isPresented(event) });
    else if (shows && committed) frames.push({ committed, presented: ts });
  }
  return frames;
}

/** Milliseconds of tasks in each interval between two frames. */
function workBetween(
  frames: readonly number[],
  tasks: readonly TraceEvent[],
  microseconds: (task: TraceEvent) => number,
): number[] {
  const work = frames.slice(1).map(() => 0);
  let at = 0;
  for (const task of tasks) {
    while (at < work.length && task.ts >= frames[at + 1]!) at++;
    if (at < work.length && task.ts >= frames[at]!) work[at] = work[at]! + microseconds(task) / 1000;
  }
  return work;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
