import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';

/** What stands behind an act of ambient life; the crew knows it as a team on the spot would. */
export const stories = ['nuisance', 'fire', 'supply', 'fault', 'battery'] as const;
export type Story = (typeof stories)[number];

/**
 * A time in a simulated day, which runs at the demo's time factor; and from there on so much later in real
 * time, at which fires burn and people walk.
 */
export interface Moment {
  /** Simulated seconds since midnight; beyond 86,400 for what ends on a later day. */
  atS: number;
  /** Real seconds after that. */
  afterS: number;
}

/** One device that goes off and is well again. Acts of one happening share its name, unique within the day. */
export interface Act {
  happening: string;
  story: Story;
  device: string;
  /** What it turns out to have been; null when it is what it says. */
  found: string | null;
  /** Without id and time, which it gets when it is sent. */
  message: Omit<DeviceMessage, 'id' | 'seq' | 'ts'>;
  begins: Moment;
  ends: Moment;
}
