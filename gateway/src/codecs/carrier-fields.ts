import type { CarrierDialect } from '@fenghuo/contracts/carrier.ts';
import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';

/** What one value of a field says. `silent`: understood, and nothing to store. */
type Meaning = { kind: EventKind; state: ReportedState } | 'silent';

/** Null for a value that nobody has declared: it is never guessed. */
type FieldReader = (value: number) => Meaning | null;
export type FieldTable = Readonly<Record<string, FieldReader>>;

/** At or below this a battery is work for upkeep. */
const lowBatteryPercent = 20;

function listed(meanings: Readonly<Record<number, Meaning>>): FieldReader {
  return (value) => meanings[value] ?? null;
}

function alarming(kind: EventKind, { alarm, normal }: { alarm: number[]; normal: number }): FieldReader {
  const state = (value: number): ReportedState | null =>
    alarm.includes(value) ? 'alarm' : value === normal ? 'normal' : null;
  return (value) => {
    const said = state(value);
    return said === null ? null : { kind, state: said };
  };
}

const failing = (kind: EventKind): FieldReader =>
  listed({ 0: { kind, state: 'normal' }, 1: { kind, state: 'fault' } });

const percent: FieldReader = (value) => {
  if (value < 0 || value > 100) return null;
  return { kind: 'battery', state: value <= lowBatteryPercent ? 'fault' : 'normal' };
};

const fault: Meaning = { kind: 'fault', state: 'fault' };
const lowBattery: Meaning = { kind: 'battery', state: 'fault' };
const tested: Meaning = { kind: 'test', state: 'test' };

/**
 * Fields by name, in the spelling of the product models on CTWing: state fields are 0 when well and 1 (gas: or 2)
 * when not, as in the platform's samples of `battery_state`, `water_level_state` and `gas_sensor_state`.
 * `Alarm_Status` is that of Li'an 力安 smoke detectors (1 alarm, 2, 8 and 9 silenced, 4 low battery, 5, 6 and 13
 * fault, 7 well, 10 and 11 dismounted and mounted again, 12 online, 14 simulated alarm): a silenced detector may
 * still smell smoke, so silence ends nothing. `error_code` is that of gas detectors (2 battery, 4 switched off,
 * 5 warming up, 6 self-test, 7 worn out, 8 offline). Read off public integrations of these products; where a
 * vendor's own document was not to be had, `docs/http-push.md` says so.
 */
const common: FieldTable = {
  smoke_state: alarming('smoke', { alarm: [1], normal: 0 }),
  gas_sensor_state: alarming('gas', { alarm: [1, 2], normal: 0 }),
  water_level_state: alarming('water', { alarm: [1], normal: 0 }),
  tamper_alarm: failing('tamper'),
  battery_state: failing('battery'),
  battery_value: percent,
  Battery_Level: percent,
  error_code: listed({
    0: { kind: 'fault', state: 'normal' },
    1: fault,
    2: lowBattery,
    3: 'silent',
    4: fault,
    5: 'silent',
    6: tested,
    7: fault,
    8: fault,
  }),
  Alarm_Status: listed({
    1: { kind: 'smoke', state: 'alarm' },
    2: 'silent',
    4: lowBattery,
    5: fault,
    6: fault,
    7: { kind: 'restore', state: 'normal' },
    8: 'silent',
    9: 'silent',
    10: { kind: 'tamper', state: 'fault' },
    11: { kind: 'tamper', state: 'normal' },
    12: 'silent',
    13: fault,
    14: tested,
  }),
};

/**
 * Siterwell 赛特威尔 on CTWing: `smoke_state` 0 is the alarm and 1 its end; `error` 1 and 2 are a fault and its
 * end, 3 and 4 a low battery and its end.
 */
const siterwell: FieldTable = {
  ...common,
  smoke_state: alarming('smoke', { alarm: [0], normal: 1 }),
  error: listed({
    1: fault,
    2: { kind: 'fault', state: 'normal' },
    3: lowBattery,
    4: { kind: 'battery', state: 'normal' },
  }),
};

/**
 * OneNET: the owner of a product names its properties, so the names above are for them to use; besides, resources
 * of the LwM2M device object (OMA, object 3): 9 battery level, 20 battery status (0–2 well, 3 damaged, 4 low), 11
 * error code (0 none, 1 low battery).
 */
const oneNet: FieldTable = {
  ...common,
  '3_0_9': percent,
  '3_0_20': listed({
    0: { kind: 'battery', state: 'normal' },
    1: { kind: 'battery', state: 'normal' },
    2: { kind: 'battery', state: 'normal' },
    3: lowBattery,
    4: lowBattery,
    5: 'silent',
    6: 'silent',
  }),
  '3_0_11': listed({ 0: { kind: 'fault', state: 'normal' }, 1: lowBattery, 2: lowBattery, 3: fault }),
};

export const fieldTables: Readonly<Record<CarrierDialect, FieldTable>> = {
  ctwing: common,
  'ctwing-siterwell': siterwell,
  onenet: oneNet,
};

/** Measured values that go with an event of a kind, by the names that the fields have. */
export const measures: Partial<Record<EventKind, { fields: readonly string[]; unit: string | null }>> = {
  smoke: { fields: ['smoke_value'], unit: null },
  gas: { fields: ['gas_value'], unit: null },
  battery: { fields: ['battery_value', 'Battery_Level', '3_0_9'], unit: '%' },
};
