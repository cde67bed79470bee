import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { DemoStation } from '../station.ts';
import { report } from './fires.ts';
import { quantile } from './frame-trace.ts';
import type { TracedPage } from './traced-page.ts';

/** The way of a fire to the wall. Each stage is what happened since the one before, or since it was published. */
const stages = ['decided', 'pushed', 'received', 'drawn', 'presented'] as const;
type Stage = (typeof stages)[number];

/** When a fire came to each stage, ms of the one clock of the one machine; infinite: it did not. */
type FireTimes = Record<'published' | Stage, number>;

/** A fire whose mark does not show by then counts as never seen, ms. */
const unseenAfterMs = 8000;
const never = Number.POSITIVE_INFINITY;

/** Before the page is opened: has it remember when its script was given a message of changes, and which. */
export async function keepMessages(page: Page): Promise<void> {
  await page.addInitScript(rememberMessages);
}

/** Reports one fire after another, and says when each came how far. */
export async function followFires(
  station: DemoStation,
  wall: TracedPage,
  fires: readonly string[],
): Promise<FireTimes[]> {
  const followed: Omit<FireTimes, 'presented'>[] = [];
  const presented = await wall.presented(async () => {
    for (const [i, id] of fires.entries()) {
      followed.push(await followFire(station, wall.page, { id, mark: markOf(i) }));
      await sleep(1000);
    }
  });
  return followed.map((times, i) => ({ ...times, presented: times.drawn + (presented(markOf(i)) ?? never) }));
}

const markOf = (i: number) => `fire-${i}`;

async function followFire(station: DemoStation, page: Page, { id, mark }: { id: string; mark: string }) {
  const watch = await page.evaluateHandle(watchMarks, mark);
  const published = Date.now();
  await report(station, id, 'manual');
  const drawn = await Promise.race([watch.evaluate(({ drawn }) => drawn), sleep(unseenAfterMs)]);
  const told = await page.evaluate(findMessage, id);
  return {
    published,
    ...(told ?? { decided: never, pushed: never, received: never }),
    drawn: drawn ?? never,
  };
}

/** Published → pixel, and what of it went by before each stage, ms: median and worst but one in twenty. */
export function latencyFigures(all: readonly FireTimes[]) {
  const between = (from: keyof FireTimes, to: keyof FireTimes) => all.map((one) => one[to] - one[from]);
  const figure = (taken: readonly number[]) => ({
    p50: Math.round(quantile(taken, 0.5)),
    p95: Math.round(quantile(taken, 0.95)),
  });
  const total = figure(between('published', 'presented'));
  const before = (i: number) => stages[i - 1] ?? 'published';
  return {
    published_to_pixel_ms_p50: total.p50,
    published_to_pixel_ms_p95: total.p95,
    published_to_pixel_stages_ms: Object.fromEntries(
      stages.map((stage, i) => [stage, figure(between(before(i), stage))]),
    ),
  };
}

declare global {
  interface Window {
    /** What the measured page keeps for `findMessage`. */
    messages: { at: number; text: string }[];
  }
}

/** Runs in the page, before all else in it. */
function rememberMessages(): void {
  const kept: Window['messages'] = [];
  window.messages = kept;
  window.WebSocket = class extends WebSocket {
    constructor(...[url, protocols]: ConstructorParameters<typeof WebSocket>) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.startsWith('42["changes"')) return;
        kept.push({ at: Date.now(), text: data });
        if (kept.length > 100) kept.shift();
      });
    }
  };
}

/** Runs in the page: the message that told of a device's alarm first. */
function findMessage(device: string): { decided: number; pushed: number; received: number } | null {
  for (const { at: received, text } of window.messages) {
    if (!text.includes(device)) continue;
    const [, { at: pushed, changes }] = JSON.parse(text.slice(2));
    for (const { topic, doc } of changes)
      if (topic === 'alarm' && doc?.device === device) return { decided: doc.raisedAt, pushed, received };
  }
  return null;
}

/**
 * Runs in the page. The list beside the map is written in the commit in which the mark is drawn; a mark in the browser's
 * trace says when, for whoever looks which frame showed it.
 */
function watchMarks(name: string): { drawn: Promise<number> } {
  const marks = () =>
    [...document.querySelectorAll<HTMLElement>('[data-mark]')].map(({ dataset }) => dataset.mark);
  const before = new Set(marks());
  const drawn = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (marks().every((id) => before.has(id))) return;
      observer.disconnect();
      performance.mark(name);
      resolve(Date.now());
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  return { drawn };
}
