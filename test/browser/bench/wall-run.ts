import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import type { DemoStation } from '../station.ts';
import { DeviceFlood } from './device-flood.ts';
import { firesOf, report } from './fires.ts';
import { type FrameFigures, quantile } from './frame-trace.ts';
import { followFires, keepMessages, latencyFigures } from './pixel-stages.ts';
import { type Held, TracedPage } from './traced-page.ts';

export interface WallRun {
  station: DemoStation;
  browser: Browser;
  /** A context that is signed in as the wall. */
  signedIn: BrowserContext;
  /** How long the wall is watched at rest, s. */
  seconds: number;
  /** How long its memory is watched after all else, minutes; 0: not. */
  minutes: number;
  /** Where a screenshot of the end goes, if anywhere. */
  shot: string | undefined;
  progress: (doing: string) => void;
}

const changesPerSecond = 2000;
/** What a county sends at its worst, a second. */
const stormPerSecond = 5000;
/** Fires that are followed to the wall, a second or more apart. */
const followed = 26;
/** A fire after another, so that the camera is on its way all the time. */
const journeys = 4;
const travelMs = 4000;
/** The first map is that of a station that was never asked for one; their median is told. */
const firstMaps = 4;

/** The wall with 50 alarms and a flood of state changes: first map, at rest, on its way, memory. */
export async function runWall({ station, browser, signedIn, seconds, minutes, shot, progress }: WallRun) {
  const fires = firesOf(station);
  for (const id of fires.splice(0, 10)) await report(station, id, 'manual');
  for (const id of fires.splice(0, 40)) await report(station, id, 'water');
  const { wall, ...first } = await openFirstMaps(station, browser, signedIn);
  const flood = new DeviceFlood(station, changesPerSecond);
  try {
    progress(`first maps: ${JSON.stringify(first)}; the flood begins`);
    flood.start();
    await sleep(8000);
    const before = await wall.held();
    const gpuBefore = await wall.gpuSeconds();
    const rest = await wall.frames(() => sleep(seconds * 1000));
    progress('at rest: measured');
    const gpuShare = ((await wall.gpuSeconds()) - gpuBefore) / seconds;
    const latency = await followFires(station, wall, fires.splice(0, followed));
    progress('published to pixel: measured');
    const pan = await wall.frames(async () => {
      for (const id of fires.splice(0, journeys)) {
        await report(station, id, 'manual');
        await sleep(travelMs);
      }
    });
    progress('on its way: measured');
    const storm = await inStorm(station, wall, { flood, seconds });
    const after = await wall.held();
    const figures = {
      ...first,
      main_thread_ms_p50: rounded(rest.mainMsP50),
      main_thread_ms_p95: rounded(rest.mainMsP95),
      main_thread_cpu_ms_p50: rounded(rest.mainCpuMsP50),
      main_thread_cpu_ms_p95: rounded(rest.mainCpuMsP95),
      main_thread_share: rounded(rest.mainShare),
      fps_static: rounded(rest.fps),
      gpu_process_share: rounded(gpuShare),
      fps_pan: rounded(pan.fps),
      main_thread_pan_ms_p95: rounded(pan.mainMsP95),
      fps_storm: rounded(storm.fps),
      main_thread_storm_ms_p95: rounded(storm.mainMsP95),
      main_thread_storm_cpu_ms_p95: rounded(storm.mainCpuMsP95),
      heap_mb: rounded(after.heapMb),
      heap_growth_mb: rounded(after.heapMb - before.heapMb),
      ...latencyFigures(latency),
      state_changes_sent: flood.sent,
    };
    progress(`the wall: ${JSON.stringify(figures)}`);
    const watched = minutes === 0 ? {} : { minutes: await watchHeld(wall, minutes, progress) };
    flood.stop();
    if (shot !== undefined) await wall.page.screenshot({ path: shot, timeout: 120_000 });
    return { ...figures, ...watched };
  } finally {
    flood.stop();
    await wall.close();
  }
}

/** At rest with more than twice as many changes; afterwards there are as many as before. */
async function inStorm(
  station: DemoStation,
  wall: TracedPage,
  { flood, seconds }: { flood: DeviceFlood; seconds: number },
): Promise<FrameFigures> {
  const storm = new DeviceFlood(station, stormPerSecond);
  flood.stop();
  storm.start();
  try {
    await sleep(3000);
    return await wall.frames(() => sleep(seconds * 1000));
  } finally {
    storm.stop();
    flood.start();
  }
}

/** Opens the wall in cold browser contexts, one after another; the last stays. */
async function openFirstMaps(station: DemoStation, browser: Browser, signedIn: BrowserContext) {
  const taken: number[] = [];
  for (;;) {
    const wall = await TracedPage.open(browser, signedIn);
    const cpuBefore = await wall.browserSeconds();
    await keepMessages(wall.page);
    const began = performance.now();
    await wall.page.goto(`${station.url}/wall`, { waitUntil: 'commit' });
    await wall.page.locator('[data-map="ready"]').first().waitFor({ state: 'attached' });
    taken.push(Math.round(performance.now() - began));
    const cpu = (await wall.browserSeconds()) - cpuBefore;
    if (taken.length < firstMaps) {
      await wall.close();
      continue;
    }
    return {
      wall,
      first_complete_map_ms: quantile(taken, 0.5),
      first_complete_maps_ms: taken,
      first_map_browser_cpu_s: rounded(cpu),
      transfer_mb: rounded(wall.receivedBytes / 1e6),
    };
  }
}

/** Sizes with different layouts; each change takes parts of the wall away and brings them back. */
const sizes = [
  { width: 3840, height: 1080 },
  { width: 1920, height: 1080 },
];
const changeSizeEveryMs = 15_000;

/** What the wall holds, minute by minute, while states go on changing and its layout changes four times a minute. */
async function watchHeld(wall: TracedPage, minutes: number, progress: WallRun['progress']): Promise<Held[]> {
  const held: Held[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    for (let i = 0; i < 60_000 / changeSizeEveryMs; i++) {
      await wall.page.setViewportSize(sizes[i % sizes.length]!);
      await sleep(changeSizeEveryMs);
    }
    const now = await wall.held();
    held.push({ ...now, heapMb: rounded(now.heapMb) });
    progress(`minute ${minute + 1}: ${JSON.stringify(held.at(-1))}`);
  }
  return held;
}

export const rounded = (n: number) => Math.round(n * 100) / 100;
