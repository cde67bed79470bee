import { type CameraState, cameraStates, unknownAge } from '@fenghuo/contracts/cameras.ts';
import type { CameraFinding } from './check-camera.ts';

const rowBytes = 7;
const headBytes = 32;

/**
 * What the scan found, by device number, in memory that its thread and the web share: 1.5 MB for 212,000 devices.
 * One thread writes and others read; a row that is read while it is written is as old as its parts.
 */
export class ScanBoard {
  readonly memory: SharedArrayBuffer;
  /** Seconds since 1970; 0: not yet. */
  readonly checkedAt: Uint32Array;
  /** Seconds; {@link unknownAge}. */
  readonly ages: Uint16Array;
  /** Indices into {@link cameraStates}. */
  readonly states: Uint8Array;
  readonly #head: Float64Array;

  private constructor(memory: SharedArrayBuffer) {
    const size = (memory.byteLength - headBytes) / rowBytes;
    this.memory = memory;
    this.#head = new Float64Array(memory, 0, 4);
    this.checkedAt = new Uint32Array(memory, headBytes, size);
    this.ages = new Uint16Array(memory, headBytes + size * 4, size);
    this.states = new Uint8Array(memory, headBytes + size * 6, size);
  }

  /** Room for numbers below `size`, with what an earlier board knew. */
  static of(size: number, earlier?: ScanBoard): ScanBoard {
    const even = Math.ceil(size / 4) * 4;
    const board = new ScanBoard(new SharedArrayBuffer(headBytes + even * rowBytes));
    board.ages.fill(unknownAge);
    if (earlier !== undefined) board.#copy(earlier);
    return board;
  }

  static over(memory: SharedArrayBuffer): ScanBoard {
    return new ScanBoard(memory);
  }

  /** Ms that the last whole round took; null: none is done. */
  get lastRoundMs(): number | null {
    return this.#head[0] === 0 ? null : this.#head[0]!;
  }

  /** Part of this round that is done. */
  get progress(): number {
    return this.#head[1]!;
  }

  tellRound(lastRoundMs: number | null, progress: number): void {
    this.#head[0] = lastRoundMs ?? 0;
    this.#head[1] = progress;
  }

  put(no: number, { state, ageMs }: CameraFinding, now: number): void {
    this.states[no] = cameraStates.indexOf(state);
    this.ages[no] = ageMs === null ? unknownAge : Math.min(unknownAge, Math.round(ageMs / 1000));
    this.checkedAt[no] = Math.floor(now / 1000);
  }

  stateOf(no: number): { state: CameraState; checkedAt: number | null; ageSeconds: number | null } {
    const [at, age] = [this.checkedAt[no] ?? 0, this.ages[no] ?? unknownAge];
    return {
      state: cameraStates[this.states[no] ?? 0]!,
      checkedAt: at === 0 ? null : at * 1000,
      ageSeconds: age === unknownAge ? null : age,
    };
  }

  #copy(earlier: ScanBoard): void {
    const size = Math.min(this.states.length, earlier.states.length);
    this.states.set(earlier.states.subarray(0, size));
    this.ages.set(earlier.ages.subarray(0, size));
    this.checkedAt.set(earlier.checkedAt.subarray(0, size));
    this.#head.set(earlier.#head);
  }
}
