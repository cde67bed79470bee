/**
 * Has this phone keep the page for when there is no network, and what waits on it when room gets scarce. Nothing of it is to
 * be had over plain http, nor while the screen is developed.
 */
export async function installShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/respond-worker.js', { scope: '/respond' });
    await navigator.serviceWorker.ready;
    document.documentElement.dataset.shell = registration.active === null ? 'none' : 'kept';
    await navigator.storage?.persist?.();
  } catch (error) {
    console.warn('the page cannot be kept on this phone', error);
  }
}
