/** Why a transmitter's connection ended. */
const transmitterEnds = [
  'connection-lost',
  'idle',
  'frame-timeout',
  'garbage',
  'output-not-read',
  'no-drill',
  'crowded-out',
  'shutting-down',
  'internal-error',
] as const;
export type TransmitterEnd = (typeof transmitterEnds)[number];

/** What the GB/T 26875.3 server counts; see `GatewayTallies`. */
export class TransmitterTallies {
  /** Open now. */
  connections = 0;
  frames = 0;
  confirmed = 0;
  denied = 0;
  /** Bytes that were part of no frame. */
  garbageBytes = 0;
  closed: Record<TransmitterEnd, number> = Object.fromEntries(
    transmitterEnds.map((end) => [end, 0]),
  ) as Record<TransmitterEnd, number>;
}
