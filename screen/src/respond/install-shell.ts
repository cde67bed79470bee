const scope = '/respond';

/** The worker of this phone, once it is installed; undefined: there is none, or none is to be had. */
export const shellRegistration = async () => navigator.serviceWorker?.getRegistration(scope);

/**
 * Has this phone keep the page for when there is no network, and what waits on it when room gets scarce. Nothing of it is to
 * be had over plain http, nor while the screen is developed.
 */
export async function installShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/respond-worker.js', { scope });
    await activated(registration);
    document.documentElement.dataset.shell = 'kept';
    await navigator.storage?.persist?.();
  } catch (error) {
    console.warn('the page cannot be kept on this phone', error);
  }
}

/** The worker is there. `ready` says so to pages below its scope only, and who signs in comes from another. */
async function activated({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting;
  if (active !== null || coming === null) return;
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (coming.state === 'activated') resolve();
      if (coming.state === 'redundant') reject(new Error('a file of the page could not be had'));
    };
    coming.addEventListener('statechange', look);
    look();
  });
}
