import { shake } from './call-out.ts';
import { shellRegistration } from './install-shell.ts';

/** What begins the tags of our notices of orders. */
const tagged = 'order ';

/** While nobody looks, a notice is shown anew so often, which shakes the phone again: a hidden page may not. Ms. */
const everyMs = 10_000;

export interface CallNotice {
  ticket: string;
  title: string;
  body: string;
}

/** Whether this phone may be asked for notices; they come by the service worker, and so not over plain http. */
export const mayAskForNotices = () =>
  'serviceWorker' in navigator && 'Notification' in window && Notification.permission === 'default';

/** Asks; to be called with a touch. */
export const askForNotices = () => Notification.requestPermission();

/** Shows notices of orders whenever the page is hidden, until the returned function is called. They go when it is looked at. */
export function showNotices(notices: readonly CallNotice[]): () => void {
  const show = () => void (document.hidden ? showAll(notices) : closeNotices());
  const timer = setInterval(show, everyMs);
  document.addEventListener('visibilitychange', show);
  show();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', show);
    void closeNotices();
  };
}

async function showAll(notices: readonly CallNotice[]): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const registration = await shellRegistration();
  for (const { ticket, title, body } of notices) {
    const looks = { body, tag: tagged + ticket, icon: '/icon-192.png', data: { ticket } };
    const calls = { renotify: true, requireInteraction: true, vibrate: shake };
    await registration?.showNotification(title, { ...looks, ...calls } as NotificationOptions);
  }
}

async function closeNotices(): Promise<void> {
  const registration = await shellRegistration();
  const open = (await registration?.getNotifications()) ?? [];
  for (const notice of open) if (notice.tag.startsWith(tagged)) notice.close();
}
