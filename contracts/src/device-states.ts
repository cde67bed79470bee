/**
 * The live state of every device, for screens that draw them all. Over the socket, event `states`, little-endian; a
 * screen that has said `followStates` gets one snapshot, then numbered changes, at most four messages a second.
 *
 *     u32 magic 'FHS1' | u32 count | f64 stream | f64 no | runs: u8 index into deviceStates, varint length
 *     u32 magic 'FHD1' | u32 count | f64 stream | f64 after | f64 no | u32 × count: device number × 16 + state
 *
 * Changes follow what is held when stream and `after` are the same; else `followStates` brings a new snapshot. A
 * device outside of the viewer's area is `outside` in the snapshot, and in no change.
 */
export const deviceStates = ['quiet', 'alarm', 'fault', 'silent', 'never-heard', 'outside'] as const;
export type DeviceState = (typeof deviceStates)[number];

export const stateCode = Object.fromEntries(deviceStates.map((state, code) => [state, code])) as Record<
  DeviceState,
  number
>;

const snapshotMagic = 0x31534846;
const changesMagic = 0x31444846;
const snapshotHeader = 24;
const changesHeader = 32;
/** States that one entry of a change can tell. */
const stateRoom = 16;

export interface StatesSnapshot {
  kind: 'snapshot';
  /** Changes of another stream do not follow: the writer began anew. */
  stream: number;
  no: number;
  /** Codes by device number. */
  states: Uint8Array;
}

export interface StateChanges {
  kind: 'changes';
  stream: number;
  after: number;
  no: number;
  /** Made by {@link packState}. */
  packed: Uint32Array;
}

export const packState = (deviceNo: number, code: number): number => deviceNo * stateRoom + code;
export const packedDevice = (packed: number): number => Math.floor(packed / stateRoom);
export const packedState = (packed: number): number => packed % stateRoom;

/** A county at rest is one run of bytes, 212,000 devices at random 424 kB. */
export function encodeStatesSnapshot({ stream, no, states }: Omit<StatesSnapshot, 'kind'>): Uint8Array {
  const bytes = new Uint8Array(snapshotHeader + states.length * 2);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, snapshotMagic, true);
  header.setUint32(4, states.length, true);
  header.setFloat64(8, stream, true);
  header.setFloat64(16, no, true);
  let at = snapshotHeader;
  for (let from = 0, to = 0; from < states.length; from = to) {
    while (to < states.length && states[to] === states[from]) to++;
    bytes[at++] = states[from]!;
    for (let left = to - from; ; left >>>= 7) {
      bytes[at++] = left < 128 ? left : (left & 127) | 128;
      if (left < 128) break;
    }
  }
  return bytes.slice(0, at);
}

export function encodeStateChanges({ stream, after, no, packed }: Omit<StateChanges, 'kind'>): Uint8Array {
  const bytes = new Uint8Array(changesHeader + packed.length * 4);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, changesMagic, true);
  header.setUint32(4, packed.length, true);
  for (const [i, number] of [stream, after, no].entries()) header.setFloat64(8 + i * 8, number, true);
  for (const [i, change] of packed.entries()) header.setUint32(changesHeader + i * 4, change, true);
  return bytes;
}

/** Reads either message. Throws a RangeError when the bytes are something else. */
export function decodeStates(bytes: Uint8Array): StatesSnapshot | StateChanges {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < snapshotHeader) throw new RangeError('states are cut short');
  const count = header.getUint32(4, true);
  switch (header.getUint32(0, true)) {
    case snapshotMagic:
      return decodeSnapshot(bytes, header, count);
    case changesMagic:
      return decodeChanges(bytes, header, count);
    default:
      throw new RangeError('no states of devices');
  }
}

/** Most devices that a snapshot may claim: what it claims is allocated. */
const mostDevices = 1 << 24;

function decodeSnapshot(bytes: Uint8Array, header: DataView, count: number): StatesSnapshot {
  if (count > mostDevices) throw new RangeError('more devices than there can be');
  const states = new Uint8Array(count);
  let [at, filled] = [snapshotHeader, 0];
  while (at < bytes.length) {
    const code = bytes[at++]!;
    let [length, shift] = [0, 0];
    for (let byte = 128; byte >= 128; shift += 7) {
      byte = bytes[at++] ?? 0;
      length += (byte & 127) * 2 ** shift;
    }
    states.fill(code, filled, filled + length);
    filled += length;
  }
  if (filled !== count) throw new RangeError('states are not of as many devices as they say');
  return { kind: 'snapshot', stream: header.getFloat64(8, true), no: header.getFloat64(16, true), states };
}

function decodeChanges(bytes: Uint8Array, header: DataView, count: number): StateChanges {
  if (bytes.length !== changesHeader + count * 4) throw new RangeError('changes of states are cut short');
  const number = (i: number) => header.getFloat64(8 + i * 8, true);
  return {
    kind: 'changes',
    stream: number(0),
    after: number(1),
    no: number(2),
    packed: readPacked(bytes.subarray(changesHeader)),
  };
}

/** Packed changes out of bytes, wherever these lie. */
export function readPacked(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(i * 4, true));
}
