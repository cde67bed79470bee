import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Software GL, no sandbox (the tests may run as root), and no talk with the outside. */
const flags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A real browser: the one inside the npm package, else the system's. Rejects with what is missing. */
export async function openBrowser(): Promise<Browser> {
  const failures: unknown[] = [];
  for (const find of [
    () => sparticuz.executablePath(),
    async () => ofTheSystem.find((file) => existsSync(file)),
  ]) {
    try {
      const executablePath = await find();
      if (executablePath !== undefined) return await chromium.launch({ executablePath, args: flags });
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(
    failures,
    'No browser runs here: install libnss3, or Chromium. .ci/run does it on Debian.',
  );
}
