import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import type { ReportedKind, ReportedState, Words } from '@fenghuo/contracts/words.ts';
import type { HostileAct, Moment } from './scenario-schema.ts';

/** One message of a story. A county has hundreds of thousands, so it holds no more than it must. */
export interface Publication {
  /** Whole ms from the start. */
  at: number;
  device: string;
  /** Null: a heartbeat, which is not stored. */
  message: Said | null;
  /** Belongs to the drill. */
  drill: boolean;
  /** What the engine is to make of it. */
  expects: 'alarm' | 'nothing';
  /** Index in the time line. */
  moment: number;
}

export interface Said {
  kind: ReportedKind;
  state: ReportedState;
  value?: number;
  unit?: string;
  attrs?: DeviceMessage['attrs'];
}

/** Something that no honest device does. `device` is whose secret is used, `target` whom it concerns. */
export interface HostileDeed {
  at: number;
  act: HostileAct;
  device: string;
  target: string;
  /** Index of what is replayed; null: nothing. */
  replays: number | null;
  /** Bytes that nobody understands. */
  bytes: Buffer;
}

/** What one detector or camera of a fire would show over time; for the report. */
export interface SmokeCurve {
  moment: number;
  label: string;
  unit: string;
  /** From the start, evenly. */
  everyMs: number;
  values: number[];
}

/** A scenario, worked out for an estate and a seed: who says what, when. */
export interface Script {
  /** The scenario's, or what the command line made of it. */
  timeline: readonly Moment[];
  publications: Publication[];
  hostile: HostileDeed[];
  curves: SmokeCurve[];
  /** Building that each place came to be. */
  places: Record<string, string>;
  /** What people call the building of each place. */
  placeNames: Record<string, Words>;
  durationMs: number;
}

/** Kinds that are no hazard, and so raise no alarm by themselves. */
const harmless: readonly ReportedKind[] = ['fault', 'tamper', 'battery', 'restore', 'test'];

/** What the engine is to make of a message by the rulebook that the house comes with. */
export function expectationOf({ kind, state }: Said): Publication['expects'] {
  return state === 'alarm' && !harmless.includes(kind) ? 'alarm' : 'nothing';
}

/** Alarms that a script foretells: one a device, kind and world, whatever it says how often. */
export function foretoldAlarms({ publications }: Pick<Script, 'publications'>): number {
  const seen = new Set<string>();
  for (const { expects, message, device, drill } of publications)
    if (expects === 'alarm' && message !== null) seen.add(alarmKey(device, message.kind, drill));
  return seen.size;
}

export function alarmKey(device: string, kind: string, drill: boolean): string {
  return `${drill ? '~' : ''}${device}|${kind}`;
}
