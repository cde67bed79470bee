import { renderUnicodeCompact } from 'uqr';
import { inUrl } from './station-names.ts';

/** Where a phone learns to trust a station of its own authority; null: none can reach it. */
export function trustUrl(phones: readonly string[], port: number): string | null {
  const [first] = phones;
  return first === undefined ? null : `http://${inUrl(first)}:${port}/trust`;
}

/** Says where phones come in, with a code to scan where somebody reads it on a terminal. */
export function tellPhones(tell: (sentence: string) => void, address: string | null): void {
  if (address === null) {
    tell('phones cannot reach this station: set FENGHUO_HOST=0.0.0.0');
    return;
  }
  tell(`phones: open ${address} and trust the certificate once`);
  if (process.stdout.isTTY) tell(`\n${renderUnicodeCompact(address, { border: 2 })}`);
}
