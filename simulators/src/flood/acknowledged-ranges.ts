import type { DeviceRoll } from './device-roll.ts';
import type { MessagePlan } from './message-plan.ts';
import type { Pace } from './pace.ts';
import type { PlaceSet } from './place-set.ts';

/** Messages of one device, without a gap between them, that were acknowledged. Most devices have one such range. */
export interface DeviceRange {
  device: string;
  firstSeq: number;
  lastSeq: number;
  /**
   * When the alarm among them was meant to leave, in ms of the monotonic clock that all processes of a machine
   * share (`process.hrtime`); null when there is none among them, NaN in the closed loop, where nothing is meant.
   */
  alarmAt: number | null;
}

export interface AcknowledgedSource {
  devices: DeviceRoll;
  plan: MessagePlan;
  connections: readonly { begun: number; acknowledged: PlaceSet }[];
  pace: Pace | null;
}

/** Reads off the connections, device by device, what was acknowledged. */
export function* acknowledgedRanges(source: AcknowledgedSource): Generator<DeviceRange> {
  for (const number of source.connections.keys()) {
    const devices = source.plan.devicesOf(number);
    for (let turn = 0; turn < devices; turn++) yield* rangesOfDevice(source, number, turn);
  }
}

function* rangesOfDevice(source: AcknowledgedSource, number: number, turn: number): Generator<DeviceRange> {
  const { plan, devices } = source;
  const { begun, acknowledged } = source.connections[number]!;
  const step = plan.devicesOf(number);
  const device = plan.deviceAt(number, turn);
  const rounds = Math.max(0, Math.ceil((begun - turn) / step));
  const has = (round: number) => round < rounds && acknowledged.has(turn + round * step);
  for (let first = 0; first < rounds; first++) {
    if (!has(first)) continue;
    let last = first;
    while (has(last + 1)) last++;
    const alarmRound = plan.alarmRoundOf(device);
    const alarmed = alarmRound >= first && alarmRound <= last;
    yield {
      device: devices.ids[device]!,
      firstSeq: plan.seqIn(first),
      lastSeq: plan.seqIn(last),
      alarmAt: alarmed ? intendedAt(source, number, turn + alarmRound * step) : null,
    };
    first = last;
  }
}

const sharedClock = Number(process.hrtime.bigint()) / 1e6 - performance.now();

function intendedAt({ pace }: AcknowledgedSource, number: number, place: number): number {
  return (pace?.intendedAt(number, place, Number.NaN) ?? Number.NaN) + sharedClock;
}
