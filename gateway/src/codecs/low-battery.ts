import type { ReportedState } from '@fenghuo/contracts/words.ts';

/** At or below this a battery is work for upkeep. */
const lowBatteryPercent = 20;

/** What a charge in percent says. */
export function lowBattery(percent: number): {
  kind: 'battery';
  state: ReportedState;
  value: number;
  unit: string;
} {
  const state = percent <= lowBatteryPercent ? 'fault' : 'normal';
  return { kind: 'battery', state, value: percent, unit: '%' };
}
