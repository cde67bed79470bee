import { packedDevice, stateCode } from '@fenghuo/contracts/device-states.ts';

/** Devices of a scope by number: 1 for each; null: the whole county's, those included that lie nowhere yet. */
export type DeviceMask = Uint8Array | null;

export function maskOf(numbers: readonly number[]): Uint8Array {
  const mask = new Uint8Array(numbers.reduce((most, no) => Math.max(most, no + 1), 0));
  for (const no of numbers) mask[no] = 1;
  return mask;
}

/** All states as a viewer of the scope may know them. */
export function statesInScope(mask: DeviceMask, states: Uint8Array): Uint8Array {
  if (mask === null) return states;
  return states.map((code, no) => (mask[no] === 1 ? code : stateCode.outside));
}

/** The changes that concern a viewer of the scope. */
export function changesOfScope(mask: DeviceMask, packed: Uint32Array): Uint32Array {
  return mask === null ? packed : packed.filter((change) => mask[packedDevice(change)] === 1);
}
