import { packState, stateCode } from '@fenghuo/contracts/device-states.ts';
import type { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import type { DeviceTroubles } from './device-troubles.ts';

export interface DeviceStateBoardOptions {
  devices: { readonly deviceCount: number };
  lastSeen: Pick<LastSeen, 'at'>;
  /** Unheard for its supervision time, or behind a parent that is. */
  isSilent: (deviceNo: number) => boolean;
  troubles: Pick<DeviceTroubles, 'inAlarm' | 'isSilent' | 'isFaulty' | 'drain'>;
}

/**
 * The one state of each device that a screen draws: what asks for somebody before what does not. Pure. A look costs
 * what committed since the last, and the next part of the county for what nobody commits: who is heard or silent.
 */
export class DeviceStateBoard {
  readonly #options: DeviceStateBoardOptions;
  #states = new Uint8Array(0);
  #next = 0;

  constructor(options: DeviceStateBoardOptions) {
    this.#options = options;
  }

  /** Codes by device number, as they were looked at last; good until the next look. */
  get states(): Uint8Array {
    return this.#states;
  }

  /** What changed, packed: of devices with news, and of the next `part` in turn. 17 ns of CPU a device on a loaded machine. */
  look(part: number): Uint32Array {
    const { devices, troubles } = this.#options;
    const count = devices.deviceCount;
    const changes: number[] = [];
    this.#grow(count);
    for (const no of troubles.drain()) if (no < count) this.#lookAt(no, changes);
    for (let left = Math.min(part, count); left > 0; left--) {
      if (this.#next >= count) this.#next = 0;
      this.#lookAt(this.#next++, changes);
    }
    return Uint32Array.from(changes);
  }

  #lookAt(no: number, changes: number[]): void {
    const code = this.#codeOf(no);
    if (this.#states[no] === code) return;
    this.#states[no] = code;
    changes.push(packState(no, code));
  }

  #codeOf(no: number): number {
    const { lastSeen, isSilent, troubles } = this.#options;
    if (troubles.inAlarm(no)) return stateCode.alarm;
    if (isSilent(no) || troubles.isSilent(no)) return stateCode.silent;
    if (troubles.isFaulty(no)) return stateCode.fault;
    return lastSeen.at(no) === null ? stateCode['never-heard'] : stateCode.quiet;
  }

  /** New devices are quiet until they are looked at. */
  #grow(count: number): void {
    if (count === this.#states.length) return;
    const states = new Uint8Array(count);
    states.set(this.#states.subarray(0, count));
    this.#states = states;
  }
}
