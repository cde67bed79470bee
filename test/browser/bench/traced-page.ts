import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { type FrameFigures, presentedAfter, readFrames, traceBrowser, tracedMark } from './frame-trace.ts';

/** What a page holds after the garbage is taken out. */
export interface Held {
  /** Scripts and their buffers, MB. */
  heapMb: number;
  nodes: number;
  listeners: number;
}

/** A page of a cold browser context whose frames, bytes and memory are measured. */
export class TracedPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #own: CDPSession;
  readonly #whole: CDPSession;
  /** Bytes that came over the network so far, sockets included. */
  receivedBytes = 0;

  private constructor(page: Page, context: BrowserContext, own: CDPSession, whole: CDPSession) {
    this.page = page;
    this.#context = context;
    this.#own = own;
    this.#whole = whole;
  }

  /** `cookiesOf`: a context that is signed in. */
  static async open(browser: Browser, cookiesOf?: BrowserContext): Promise<TracedPage> {
    const storageState = await cookiesOf?.storageState();
    const context = await browser.newContext({
      viewport: { width: 1920, height: 1080 },
      ...(storageState && { storageState }),
    });
    const page = await context.newPage();
    const own = await context.newCDPSession(page);
    const traced = new TracedPage(page, context, own, await browser.newBrowserCDPSession());
    await own.send('Network.enable');
    own.on('Network.loadingFinished', ({ encodedDataLength }) => {
      traced.receivedBytes += encodedDataLength;
    });
    own.on('Network.webSocketFrameReceived', ({ response }) => {
      const { opcode, payloadData } = response;
      traced.receivedBytes += opcode === 2 ? (payloadData.length * 3) / 4 : Buffer.byteLength(payloadData);
    });
    return traced;
  }

  async frames(during: () => Promise<void>): Promise<FrameFigures> {
    const events = await traceBrowser(this.#whole, async () => {
      await this.page.evaluate((mark) => void performance.mark(mark), tracedMark);
      await during();
    });
    return readFrames(events);
  }

  /** How long after each `performance.mark` of the page in `during` the frame that holds it came to the screen, ms. */
  async presented(during: () => Promise<void>): Promise<(mark: string) => number | undefined> {
    const events = await traceBrowser(this.#whole, during);
    return (mark) => presentedAfter(events, mark);
  }

  /** CPU seconds of the process that draws for all pages, so far. */
  async gpuSeconds(): Promise<number> {
    const { processInfo } = await this.#whole.send('SystemInfo.getProcessInfo');
    return processInfo.find(({ type }) => type === 'GPU')?.cpuTime ?? 0;
  }

  /** CPU seconds of the whole browser, so far. */
  async browserSeconds(): Promise<number> {
    const { processInfo } = await this.#whole.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  /** Twice collected: what the first time finalises, the second takes away. */
  async held(): Promise<Held> {
    await this.#own.send('HeapProfiler.collectGarbage');
    await this.#own.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await this.#own.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await this.#own.send('Memory.getDOMCounters');
    return { heapMb: (usedSize + backingStorageSize) / 1e6, nodes, listeners: jsEventListeners };
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
