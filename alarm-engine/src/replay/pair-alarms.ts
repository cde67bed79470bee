import type { RaisedAlarm } from './trial-tally.ts';

/** One happening at a device as two books have it; null: the book did not raise it. */
export interface AlarmPair {
  inForce: RaisedAlarm | null;
  candidate: RaisedAlarm | null;
}

/**
 * Which alarms of two histories are the same happening: of one device and kind, and standing at one time. Those of
 * one rule first; a rule may have another name in the candidate.
 */
export function pairAlarms(inForce: Iterable<RaisedAlarm>, candidate: Iterable<RaisedAlarm>): AlarmPair[] {
  const byRule = pairBy(({ device, kind, rule }) => `${device}|${kind}|${rule}`, inForce, candidate);
  const byKind = pairBy(({ device, kind }) => `${device}|${kind}`, byRule.inForce, byRule.candidate);
  return [
    ...byRule.pairs,
    ...byKind.pairs,
    ...byKind.inForce.map((alarm) => ({ inForce: alarm, candidate: null })),
    ...byKind.candidate.map((alarm) => ({ inForce: null, candidate: alarm })),
  ];
}

interface Pairing {
  pairs: AlarmPair[];
  /** Those without a partner. */
  inForce: RaisedAlarm[];
  candidate: RaisedAlarm[];
}

function pairBy(
  keyOf: (alarm: RaisedAlarm) => string,
  inForce: Iterable<RaisedAlarm>,
  candidate: Iterable<RaisedAlarm>,
): Pairing {
  const found: Pairing = { pairs: [], inForce: [], candidate: [] };
  const candidates = Map.groupBy(candidate, keyOf);
  for (const [key, alarms] of Map.groupBy(inForce, keyOf)) {
    pairInOrder(alarms, candidates.get(key) ?? [], found);
    candidates.delete(key);
  }
  for (const alarms of candidates.values()) found.candidate.push(...alarms);
  return found;
}

/** Both in the order in which they were raised: whichever is over before the other begins has no partner. */
function pairInOrder(
  inForce: readonly RaisedAlarm[],
  candidate: readonly RaisedAlarm[],
  found: Pairing,
): void {
  let [i, j] = [0, 0];
  while (i < inForce.length && j < candidate.length) {
    const [a, b] = [inForce[i]!, candidate[j]!];
    if (a.id !== b.id && isOverBefore(a, b)) found.inForce.push(inForce[i++]!);
    else if (a.id !== b.id && isOverBefore(b, a)) found.candidate.push(candidate[j++]!);
    else {
      found.pairs.push({ inForce: a, candidate: b });
      i += 1;
      j += 1;
    }
  }
  found.inForce.push(...inForce.slice(i));
  found.candidate.push(...candidate.slice(j));
}

function isOverBefore(a: RaisedAlarm, b: RaisedAlarm): boolean {
  return a.closedAt !== null && a.closedAt < b.raisedAt;
}
