import type { Logger } from 'pino';
import type { WebTls } from '../api/web.ts';
import type { Settings } from '../settings.ts';
import { TlsFiles, type TlsPair } from '../tls-files.ts';
import { addressesOfMachine, namesOfStation, reachableAt } from './station-names.ts';

export interface Https extends WebTls {
  /** Calls `use` with each certificate that takes the place of the last one. */
  watch: (use: (pair: TlsPair) => void) => void;
  stop: () => Promise<void>;
}

interface Surroundings {
  dataFolder: string;
  clock: () => number;
  log: Logger;
}

/**
 * What the web needs to speak https itself, as the settings have it; null: it does not. Only who asks for an own authority
 * loads what makes certificates, 0.13 s of a core.
 */
export async function openHttps(
  settings: Settings,
  { dataFolder, clock, log }: Surroundings,
): Promise<Https | null> {
  const { FENGHUO_HTTPS_CERT: cert, FENGHUO_HTTPS_KEY: key, FENGHUO_COUNTY: county } = settings;
  const at = { host: settings.FENGHUO_HOST, further: settings.FENGHUO_HTTPS_NAMES };
  const reached = () => reachableAt(at, addressesOfMachine());
  if (cert !== undefined && key !== undefined) {
    const files = new TlsFiles({ cert, key, log });
    const pair = await files.read();
    return {
      pair,
      authority: null,
      reachableAt: reached,
      watch: (use) => files.watch(use),
      stop: () => files.stop(),
    };
  }
  if (settings.FENGHUO_HTTPS !== 'own') return null;
  const { OwnAuthority } = await import('./own-authority.ts');
  const names = () => namesOfStation(at, addressesOfMachine());
  const own = new OwnAuthority({ dataFolder, county, names, clock, log });
  const pair = await own.read();
  return {
    ...{ pair, authority: () => own.certificate, reachableAt: reached },
    ...{ watch: (use) => own.watch(use), stop: () => own.stop() },
  };
}
