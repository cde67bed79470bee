/**
 * The service worker of the phone: opens `/respond` from this phone's disk, with or without a network. It keeps the
 * page and the files that the build names for it, and never an answer of the interface: what is known of the world is
 * kept by the page, with its age.
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
declare const self: {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
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
