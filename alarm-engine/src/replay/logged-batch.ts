import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { NumberedCommand } from '../engine/inputs.ts';
import type { NumberedEvent } from '../store/event-rows.ts';

/** A command that had its turn. */
export interface TakenCommand extends NumberedCommand {
  /** The writer did it; else it was refused. */
  wasDone: boolean;
  /** Alarms that its subject was about, the first few: what stands for it in another history. */
  alarms: readonly Pick<AlarmRecord, 'run' | 'device' | 'kind'>[];
}

/** The inputs of one transaction of the writer, as they were. */
export interface LoggedBatch {
  firstNo: number;
  lastNo: number;
  /** Engine milliseconds. */
  engineAt: number;
  commands: readonly TakenCommand[];
  events: readonly NumberedEvent[];
  /** Ids of what was due; they have the last numbers. */
  due: readonly string[];
}
