import type { ReportedKind } from '@fenghuo/contracts/words.ts';
import type { Report } from './dialect.ts';

/** Bit of the fire, in every status. */
const fireBit = 1;

/**
 * Bits that are work for upkeep: 2 fault, 3 shielded and 4 supervisory of a system or component; power, bus and line
 * beyond that (clauses 8.3.1, 8.3.2 and 8.3.8).
 */
const faultBits = {
  system: { fault: 2, shielded: 3, supervisory: 4, 'main power': 8, 'backup power': 9, bus: 10 },
  component: { fault: 2, shielded: 3, supervisory: 4, power: 8 },
  transmitter: { fault: 2, 'main power': 3, 'backup power': 4, link: 5, line: 6 },
} as const;

export interface StatusOf {
  entity: string;
  /** What its fire is. */
  fire: ReportedKind;
  at: number | null;
  sentAt: number | null;
  content: string;
  attrs: Record<string, unknown>;
}

/**
 * What a status says of fire and of faults. Bit 0 (monitoring, or test) is kept and decides nothing: a fire is never
 * explained away by a bit that transmitters are known to leave at 0.
 */
export function statusReports(
  of: keyof typeof faultBits,
  status: number,
  { entity, fire, at, sentAt, content, attrs }: StatusOf,
): readonly Report[] {
  const isSet = (bit: number) => ((status >> bit) & 1) === 1;
  const faults = Object.entries(faultBits[of]).filter(([, bit]) => isSet(bit));
  const names = faults.map(([name]) => name);
  return [
    { entity, kind: fire, state: isSet(fireBit) ? 'alarm' : 'normal', at, sentAt, content, attrs },
    {
      entity,
      kind: 'fault',
      state: names.length > 0 ? 'fault' : 'normal',
      at,
      sentAt,
      attrs: { ...attrs, faults: names },
    },
  ];
}
