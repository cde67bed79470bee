import { once } from 'node:events';

/** What a child of the demo goes on with until it is told to stop. */
export interface Stoppable {
  stop: () => Promise<unknown>;
}

/**
 * The demo starts us early, so that the estate is read meanwhile, and sends a message when the server is ready. A demo
 * that was killed takes us along. Started by hand, we begin at once.
 */
export async function toldToBegin(): Promise<void> {
  if (process.channel === undefined) return;
  endWithParent();
  await once(process, 'message');
}

export function endWithParent(): void {
  if (process.channel !== undefined) process.once('disconnect', () => process.exit(0));
}

/** The first signal stops it in order; those that follow change nothing. */
export function stopWhenTold(life: Stoppable): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    life.stop().then(
      () => process.exit(0),
      (error: Error) => {
        process.stderr.write(`${error.message}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
