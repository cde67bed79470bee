import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** Addresses of this machine in its networks, IPv4 first; none of the machine to itself, and none that hold on one link only. */
export function addressesOfMachine(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  const outside = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
  return outside.toSorted((a, b) => a.family.localeCompare(b.family)).map(({ address }) => address);
}

export interface ListeningAt {
  /** `FENGHUO_HOST`. */
  host: string;
  /** Further names that people use, with commas between. */
  further: string;
}

/** Where phones can reach a station that listens there; none where it keeps to its own machine. Pure but for the machine's addresses. */
export function reachableAt({ host, further }: ListeningAt, addresses: readonly string[]): string[] {
  const named = further
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (['127.0.0.1', '::1', 'localhost'].includes(host)) return named;
  const everywhere = host === '0.0.0.0' || host === '::';
  return [...new Set([...named, ...(everywhere ? addresses : [host])])];
}

/** All that a certificate of this station is to be good for, in a settled order. */
export function namesOfStation(at: ListeningAt, addresses: readonly string[]): string[] {
  const own = ['localhost', '127.0.0.1', '::1', hostname().toLowerCase()];
  return [...new Set([...own, ...reachableAt(at, addresses)])].filter(isName).toSorted();
}

const isName = (name: string) => isIP(name) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i.test(name);

/** As it stands in an address. */
export const inUrl = (name: string) => (name.includes(':') ? `[${name}]` : name);
