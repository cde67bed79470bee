import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import { lowBattery } from './low-battery.ts';

/** What a field says; `value` where it is a measured one. */
export interface Declared {
  kind: ReportedKind;
  state: ReportedState;
  value?: number;
  unit?: string;
}

/** Names in the spelling of common decoders (Milesight, Dragino, Zigbee), compared without case and separators. */
const conditions: Readonly<Record<string, { kind: ReportedKind; state: ReportedState }>> = {
  smoke: { kind: 'smoke', state: 'alarm' },
  smokealarm: { kind: 'smoke', state: 'alarm' },
  smokestatus: { kind: 'smoke', state: 'alarm' },
  fire: { kind: 'smoke', state: 'alarm' },
  firealarm: { kind: 'smoke', state: 'alarm' },
  heatalarm: { kind: 'heat', state: 'alarm' },
  temperaturealarm: { kind: 'heat', state: 'alarm' },
  coalarm: { kind: 'co', state: 'alarm' },
  carbonmonoxide: { kind: 'co', state: 'alarm' },
  gas: { kind: 'gas', state: 'alarm' },
  gasalarm: { kind: 'gas', state: 'alarm' },
  gasstatus: { kind: 'gas', state: 'alarm' },
  water: { kind: 'water', state: 'alarm' },
  waterleak: { kind: 'water', state: 'alarm' },
  waterleakstatus: { kind: 'water', state: 'alarm' },
  leakagestatus: { kind: 'water', state: 'alarm' },
  sos: { kind: 'manual', state: 'alarm' },
  panic: { kind: 'manual', state: 'alarm' },
  callpoint: { kind: 'manual', state: 'alarm' },
  tamper: { kind: 'tamper', state: 'fault' },
  tamperalarm: { kind: 'tamper', state: 'fault' },
  tamperstatus: { kind: 'tamper', state: 'fault' },
  batterylow: { kind: 'battery', state: 'fault' },
  lowbattery: { kind: 'battery', state: 'fault' },
  fault: { kind: 'fault', state: 'fault' },
  trouble: { kind: 'fault', state: 'fault' },
  test: { kind: 'test', state: 'test' },
};

const percents: ReadonlySet<string> = new Set(['battery', 'batterylevel', 'batterypercentage', 'batt']);

const heldWords = /^(true|on|1|alarm|alarming|leak|leaking|triggered|tampered|low|fault|detected)$/i;
const normalWords = /^(false|off|0|normal|ok|clear|no leak|none|installed|untriggered)$/i;

/** Null for a field, or a value of it, that nobody has declared: it is never guessed. */
export function readDeclared(name: string, value: unknown): Declared | null {
  const bare = name.toLowerCase().replace(/[\s_-]/g, '');
  if (percents.has(bare)) return readPercent(value);
  const condition = Object.hasOwn(conditions, bare) ? conditions[bare] : undefined;
  if (condition === undefined) return null;
  const held = isHeld(value);
  return held === null ? null : { kind: condition.kind, state: held ? condition.state : 'normal' };
}

function readPercent(value: unknown): Declared | null {
  return typeof value === 'number' && value >= 0 && value <= 100 ? lowBattery(value) : null;
}

/** Null: it cannot be told whether the condition holds. */
export function isHeld(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  return heldWords.test(text) ? true : normalWords.test(text) ? false : null;
}
