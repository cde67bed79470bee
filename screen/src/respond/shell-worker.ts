/**
 * The service worker of the phone: opens `/respond` from this phone's disk, with or without a network. It keeps the
 * page and the files that the build names for it, and never an answer of the interface: what is known of the world is
 * kept by the page, with its age. A notice of an order that is touched opens the order.
 */
declare const shellFiles: readonly string[];
declare const shellVersion: string;

interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface NoticeTouched extends Lasting {
  readonly notification: Notification;
}
interface OpenPage {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(said: unknown): void;
}
declare const self: {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window'; includeUncontrolled: true }): Promise<OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NoticeTouched) => void): void;
};

const page = '/respond';
const shell = `fenghuo-respond-${shellVersion}`;

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fromShell(page, request));
  else if (shellFiles.includes(pathname)) event.respondWith(fromShell(pathname, request));
});

self.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(openOrder(`${page}?t=${encodeURIComponent(String(notification.data?.ticket))}`));
});

/** The page that is open already takes it: what waits in it for a touch is not lost. */
async function openOrder(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find(({ url }) => new URL(url).pathname === page);
  if (open === undefined) return void (await self.clients.openWindow(path));
  await open.focus();
  open.postMessage({ open: path });
}

async function keepShell(): Promise<void> {
  const cache = await caches.open(shell);
  await cache.addAll([new Request(page, { cache: 'no-cache' }), ...shellFiles]);
}

async function dropOld(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('fenghuo-respond-') && name !== shell);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(shell);
  return (await cache.match(path)) ?? fetch(request);
}

export {};
