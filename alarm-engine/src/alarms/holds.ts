import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { type DeviceType, type HoldKind, isReport } from '@fenghuo/contracts/words.ts';
import type { AlarmFacts } from './lifecycle.ts';

/** A device or a building, the other null. */
export interface HoldSubject {
  device: string | null;
  building: string | null;
}

/** What an alarm is of, as far as holds ask. */
export type HeldAlarm = Pick<AlarmRecord, 'run' | 'device' | 'deviceType' | 'building' | 'kind'>;

/** Who tests a building sets off its detectors. A call point is how somebody tells of a fire, a test or not. */
const tested: ReadonlySet<DeviceType> = new Set([
  'smoke',
  'heat',
  'co',
  'gas',
  'water',
  'current',
  'pressure',
]);

/** Whether a test of its building keeps back what a device of this type says. */
export const isTested = (type: DeviceType) => tested.has(type);

/**
 * Which facts the holds that are open set on an alarm. What a person reports is held back by nothing, and a drill has a
 * world of its own. Pure.
 */
export function heldFacts(
  alarm: HeldAlarm,
  isHeld: (kind: HoldKind, subject: HoldSubject) => boolean,
): Pick<AlarmFacts, 'suppressed' | 'outOfService'> {
  if (alarm.run !== null || isReport(alarm.kind)) return { suppressed: false, outOfService: false };
  const building = { device: null, building: alarm.building };
  return {
    suppressed: alarm.building !== null && isTested(alarm.deviceType) && isHeld('building-test', building),
    outOfService:
      isHeld('out-of-service', { device: alarm.device, building: null }) ||
      (alarm.building !== null && isHeld('out-of-service', building)),
  };
}

/** What a hold keeps back bears nothing out. Pure. */
export function isHeldBack(
  isHeld: (kind: HoldKind, subject: HoldSubject) => boolean,
  { run, kind }: { run: string | null; kind: AlarmRecord['kind'] },
  { id, type, building }: { id: string; type: DeviceType; building: string | null },
): boolean {
  const held = heldFacts({ run, kind, device: id, deviceType: type, building }, isHeld);
  return held.suppressed || held.outOfService;
}
