import { useSyncExternalStore } from 'react';

export const setupPages = [
  'devices',
  'buildings',
  'people',
  'accounts',
  'rulebook',
  'quarantine',
  'health',
] as const;
export type SetupPage = (typeof setupPages)[number];

/** Every view has a URL. */
export type Route =
  | '/'
  | '/sign-in'
  | '/wall'
  | '/desk'
  | '/records'
  | '/upkeep'
  | '/pair'
  | '/report'
  | '/drill'
  | '/respond'
  | `/setup/${SetupPage}`;
const routes: readonly string[] = [
  ...([
    '/',
    '/sign-in',
    '/wall',
    '/desk',
    '/records',
    '/upkeep',
    '/pair',
    '/report',
    '/drill',
    '/respond',
  ] satisfies Route[]),
  ...setupPages.map((page) => `/setup/${page}`),
];

const isRoute = (path: string): path is Route => routes.includes(path);

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

/** The view that the address names; null when there is none. */
export function useRoute(): Route | null {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  if (path.startsWith('/records/')) return '/records';
  return isRoute(path) ? path : null;
}

/** The setup page that a route names; null when it is another view. */
export function setupPageOf(route: Route): SetupPage | null {
  return setupPages.find((page) => route === `/setup/${page}`) ?? null;
}

/** What stands after a view's path, such as the case code of `/records/{code}`; null: nothing. */
export function usePathTail(route: Route): string | null {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return path.startsWith(`${route}/`) ? decodeURIComponent(path.slice(route.length + 1)) : null;
}

/** The whole query of the address, as text with its question mark. */
export function useQueryText(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}

/** A value of the address's query, such as the incident chosen at the desk. */
export function useQueryValue(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name));
}

/** The address as it is, with some values of its query put in or, as null, taken out. */
export function withQuery(values: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values))
    if (value === null) query.delete(name);
    else query.set(name, value);
  const text = query.toString();
  return location.pathname + (text === '' ? '' : `?${text}`);
}

/** Goes to a view without loading the page anew. `to` is a path of ours with an optional query. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Where a signed-in person wanted to go: `?to=` of the sign-in page, if it is a view of ours. */
export function wantedRoute(): Route {
  const to = new URLSearchParams(location.search).get('to') ?? '/';
  return isRoute(to) && to !== '/sign-in' ? to : '/';
}
