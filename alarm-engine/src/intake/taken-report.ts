import type { ReportChannel, ReportedThing } from '@fenghuo/contracts/intake.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import type { NumberedEvent } from '../store/event-rows.ts';

/** What a person reported, as the writer took it. Who they are and what they said is kept beside it. */
export interface TakenReport extends NumberedEvent {
  /** The witness: each report is a device of its own, at the place that is reported. */
  device: RegisteredDevice;
  channel: ReportChannel;
  what: ReportedThing;
  takenBy: string;
  seat: string;
  /** Alarm that the rules made of it; null: none. */
  alarm: string | null;
}
