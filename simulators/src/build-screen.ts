import { resolve } from 'node:path';
import { ensureScreen } from './demo/screen-build.ts';
import { Failure } from './station/failure.ts';

/** `npm start` runs this first: builds the screen when it is not there or not of these sources. */
try {
  let told = false;
  await ensureScreen({
    project: resolve(import.meta.dirname, '../..'),
    onProgress: () => {
      if (!told) console.log('[fenghuo] building the screen');
      told = true;
    },
  });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exit(1);
}
