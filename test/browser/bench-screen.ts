import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { decodeDevicePoints } from '../../contracts/src/device-points.ts';
import { runPlainMaps } from './bench/plain-maps.ts';
import { runWall } from './bench/wall-run.ts';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoSize, type DemoStation, startDemoStation } from './station.ts';

/**
 * `npm run bench:screen [-- --json] [--seconds N] [--minutes N] [--small] [--shot FILE] [--alone]`: the wall at 1920 × 1080
 * in headless Chromium with software GL, on a station of all Wenling with 50 alarms and 2,000 state changes a second; then
 * the same points in a plain Leaflet canvas and an ECharts scatter (not with `--alone`). `--minutes`: for so long what the
 * wall holds is told each minute, while its layout changes and changes back. With `--json` one object, on the last line.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '15' },
    minutes: { type: 'string', default: '0' },
    small: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    shot: { type: 'string' },
  },
});

const small: DemoSize = { detectors: 4000, cameras: 1000, buildings: 700 };

async function main(): Promise<void> {
  const [station, browser] = await Promise.all([startDemoStation(values.small ? small : {}), openBrowser()]);
  try {
    progress('the station is up; every device is heard once');
    await station.breathe();
    const signedIn = await signIn(station, browser);
    const seconds = Number(values.seconds);
    const minutes = Number(values.minutes);
    const wall = await runWall({ station, browser, signedIn, seconds, minutes, shot: values.shot, progress });
    const plain = values.alone ? {} : await runPlainMaps(browser, await pointsOf(station, signedIn), seconds);
    tell({ ...wall, load_average: loadavg()[0], ...plain });
  } finally {
    await browser.close();
    await station.stop();
  }
}

/** Figures go to stdout, the rest beside them. */
function progress(doing: string): void {
  console.error(`${Math.round(performance.now() / 1000)} s: ${doing}`);
}

/** Its page stays open: where a page closes, software GL finishes first what it had to draw, and the next one waits. */
async function signIn(station: DemoStation, browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${station.url}/sign-in?to=/`);
  await signInAs(page, station, 'wall');
  await page.waitForURL(({ pathname }) => pathname === '/');
  return context;
}

async function pointsOf(station: DemoStation, context: BrowserContext): Promise<[number, number][]> {
  const answer = await context.request.get(`${station.url}/api/v1/map/points`);
  const body = await answer.body();
  const { bounds, lonSteps, latSteps } = decodeDevicePoints(new Uint8Array(body).buffer);
  const [west, south, east, north] = bounds;
  return Array.from(lonSteps, (step, i) => [
    west + (step / 65535) * (east - west),
    south + (latSteps[i]! / 65535) * (north - south),
  ]);
}

function tell(figures: object): void {
  if (values.json) console.log(JSON.stringify(figures));
  else console.table(figures);
}

await main();
