import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type {
  BuildingRegistration,
  DeviceRegistration,
  PersonRegistration,
  UnitRegistration,
} from '@fenghuo/contracts/registry.ts';
import type { AlarmTransition } from '../alarms/alarm-transition.ts';
import type { UnsealedEntry } from '../audit/personal.ts';
import type { Duty } from '../chain/roster.ts';
import type { TakenReport } from '../intake/taken-report.ts';
import type { DrillMessage, Message } from '../notify/message.ts';
import type { NearCamera } from '../registry/camera-index.ts';
import type { RulebookRevision } from '../rules/rulebook.ts';
import type { BroadcastUnit } from '../store/sql/insert-broadcast-units.ts';
import type { BroadcastRead } from '../store/sql/save-broadcast-reads.ts';
import type { WorkflowRevision } from '../tickets/workflow-revision.ts';
import type { ClosedCase } from './closed-case.ts';
import type { DueItem } from './due-heap.ts';

/** An audit entry before the batch numbers it. */
export type NewAuditEntry = Omit<UnsealedEntry, 'no'>;

/** What a batch causes: written in its transaction, merged and pushed after its commit. */
export class Effects {
  /** Records as the batch leaves them, by id: several changes of one record are one write and one push. */
  readonly alarms = new Map<string, AlarmRecord>();
  readonly incidents = new Map<string, IncidentRecord>();
  readonly tickets = new Map<string, TicketRecord>();
  readonly drills = new Map<string, DrillRecord>();
  readonly holds = new Map<string, HoldRecord>();
  readonly floods = new Map<string, FloodRecord>();
  readonly broadcasts = new Map<string, BroadcastRecord>();
  readonly upkeep = new Map<string, UpkeepRecord>();
  /** What changed of who is on duty, by person. */
  readonly duty = new Map<string, Duty>();
  /** Due items by id; null takes one away. */
  readonly due = new Map<string, DueItem | null>();
  /** What happened to alarms, each step. */
  readonly transitions: AlarmTransition[] = [];
  /** Rulebooks that came into force. */
  readonly rulebooks: RulebookRevision[] = [];
  /** Workflows that came into force. */
  readonly workflows: WorkflowRevision[] = [];
  /** What is registered anew, by id. */
  readonly devices = new Map<string, DeviceRegistration>();
  readonly buildings = new Map<string, BuildingRegistration>();
  readonly units = new Map<string, UnitRegistration>();
  readonly people = new Map<string, PersonRegistration>();
  /** What people reported, each with its event. */
  readonly reports: TakenReport[] = [];
  readonly audit: NewAuditEntry[] = [];
  /** Units that broadcasts are for, and those that have read one. */
  readonly broadcastUnits: BroadcastUnit[] = [];
  readonly broadcastReads: BroadcastRead[] = [];
  /** What people are told. */
  readonly messages: Message[] = [];
  /** What who takes part is told of a drill. */
  readonly drillMessages: DrillMessage[] = [];
  /** What cases keep as evidence. */
  readonly evidence: { incident: string; item: CaseEvidence }[] = [];
  /** Cameras that stand near incidents, by the incident. */
  readonly cameras = new Map<string, readonly NearCamera[]>();
  /** Cases that were closed, and ask for their report. */
  readonly caseReports: { incident: string; round: number }[] = [];
  readonly answers: { answer: CommandAnswer; engineNo: number; closedCase: ClosedCase | null }[] = [];
}
