import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:tls';
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

/** Playwright's own handlers end the process at once, before a station could be stopped; the browser ends with us anyway. */
const goesWithUs = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Has a browser trust a station as a phone does on which its authority was installed: the certificate is checked against that
 * authority here, since Chromium takes none from a file, and the browser is told its key.
 */
export async function trusting(port: number, authority: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca: authority });
  await once(socket, 'secureConnect');
  const key = socket.getPeerX509Certificate()!.publicKey.export({ type: 'spki', format: 'der' });
  socket.destroy();
  return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`;
}

/** A real browser: the one inside the npm package, else the system's. Rejects with what is missing. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const failures: unknown[] = [];
  for (const find of [
    () => sparticuz.executablePath(),
    async () => ofTheSystem.find((file) => existsSync(file)),
  ]) {
    try {
      const executablePath = await find();
      if (executablePath !== undefined)
        return await chromium.launch({ executablePath, args: [...flags, ...more], ...goesWithUs });
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(
    failures,
    'No browser runs here: install libnss3, or Chromium. .ci/run does it on Debian.',
  );
}
