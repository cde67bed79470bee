import { useSyncExternalStore } from 'react';

/** Every view has a URL. */
export type Route = '/' | '/sign-in' | '/wall' | '/desk' | '/pair' | '/report' | '/respond';
const routes: readonly string[] = [
  '/',
  '/sign-in',
  '/wall',
  '/desk',
  '/pair',
  '/report',
  '/respond',
] satisfies Route[];

const isRoute = (path: string): path is Route => routes.includes(path);

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

/** The view that the address names; null when there is none. */
export function useRoute(): Route | null {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return isRoute(path) ? path : null;
}

/** A value of the address's query, such as the incident chosen at the desk. */
export function useQueryValue(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name));
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
