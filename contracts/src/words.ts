/**
 * The closed vocabularies of the house, as `DESIGN.md` words them. Each is a tuple, so that a schema, a
 * type and an exhaustive `switch` all come from one line.
 */

/** Risk grade of an alarm, an incident or a ticket, gravest first. 风险等级 高, 中, 低. */
export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** −1 when `a` is graver than `b`, 0 when equal, 1 when milder: sorts the gravest first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return Math.sign(severities.indexOf(a) - severities.indexOf(b));
}

/** What a device or a person reports: the `kind` of a native payload. */
export const reportedKinds = [
  'smoke',
  'heat',
  'co',
  'gas',
  'water',
  'current',
  'pressure',
  'manual',
  'camera.fire',
  'camera.smoke',
  'camera.intrusion',
  'camera.crowd',
  'fault',
  'tamper',
  'battery',
  'restore',
  'test',
  'report',
  'report.other',
] as const;
export type ReportedKind = (typeof reportedKinds)[number];

/** A person says it: `report` bears out a fire and is borne out, `report.other` is of water, security and the rest. */
export const isReport = (kind: EventKind) => kind === 'report' || kind === 'report.other';

/**
 * What supervision finds by itself, and no device may say: a device unheard for its supervision time, or in
 * alarm without a change for too long.
 */
const supervisionKinds = ['silent', 'stuck'] as const;

/** What an event is about, whoever made it. */
export const eventKinds = [...reportedKinds, ...supervisionKinds] as const;
export type EventKind = (typeof eventKinds)[number];

/** The condition that the device itself states with an event. */
export const reportedStates = ['alarm', 'normal', 'fault', 'test'] as const;
export type ReportedState = (typeof reportedStates)[number];

/** What a device is. `unknown` is a device that spoke before anybody registered it. */
export const deviceTypes = [
  'smoke',
  'heat',
  'co',
  'gas',
  'water',
  'current',
  'pressure',
  'manual',
  'camera',
  'concentrator',
  'unknown',
] as const;
export type DeviceType = (typeof deviceTypes)[number];

/** What a building is used for; it decides growth of fire, key-holder and plan. */
export const buildingUses = [
  'residential',
  'high-rise',
  'factory',
  'warehouse',
  'school',
  'hospital',
  'market',
  'farm',
] as const;
export type BuildingUse = (typeof buildingUses)[number];

/** Areas nest by code prefix: county 市 › township 镇街 › village 村社 › grid 网格. */
export const areaLevels = ['county', 'township', 'village', 'grid'] as const;
export type AreaLevel = (typeof areaLevels)[number];

/** Levels of the command chain 指挥链, highest first. */
export const unitLevels = ['county', 'township', 'station', 'village', 'grid', 'team'] as const;
export type UnitLevel = (typeof unitLevels)[number];

/**
 * What somebody does while they are on duty, the one who commands first: 指挥长, 综合协调, 信息研判, 流转督办, 督查考评, 应急机动.
 * What they are by profession is free text.
 */
export const dutyPosts = [
  'commander',
  'coordination',
  'assessment',
  'follow-up',
  'inspection',
  'mobile',
] as const;
export type DutyPost = (typeof dutyPosts)[number];

/** Posts as people call them. */
export const postWords: Record<DutyPost, Words> = {
  commander: { zh: '指挥长', en: 'Duty commander' },
  coordination: { zh: '综合协调', en: 'Coordination' },
  assessment: { zh: '信息研判', en: 'Assessment' },
  'follow-up': { zh: '流转督办', en: 'Follow-up' },
  inspection: { zh: '督查考评', en: 'Inspection' },
  mobile: { zh: '应急机动', en: 'Mobile crew' },
};

/** Alarm states of ISA-18.2 / IEC 62682. The condition and the latch are facts of their own. */
export const alarmStates = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
  'shelved',
  'suppressed-by-design',
  'out-of-service',
] as const;
export type AlarmState = (typeof alarmStates)[number];

/** What keeps alarms back: a device or building out of service 停用, a test of a building 测试. */
export const holdKinds = ['out-of-service', 'building-test'] as const;
export type HoldKind = (typeof holdKinds)[number];

/**
 * What a step 环节 of any county's workflow means, in the order in which a case passes them:
 * 受理 → 流转 → 整改 (接单, 出动, 到场, 控制) → 反馈 → 审核 → 督导 → 销号. `closed` and `false-alarm` end a ticket.
 * Figures, lights and the wall go by the stage; its step is named by the workflow.
 */
export const ticketStages = [
  'received',
  'dispatched',
  'accepted',
  'en-route',
  'on-scene',
  'under-control',
  'feedback',
  'review',
  'supervision',
  'closed',
  'false-alarm',
] as const;
export type TicketStage = (typeof ticketStages)[number];

/** What a unit is called to a case for: to fight it, to help who fights it, or as a department with a duty of its own. */
export const partyRoles = ['lead', 'support', 'department'] as const;
export type PartyRole = (typeof partyRoles)[number];

/** How far a called unit has come. `released`: no longer needed, or it declined. */
export const partyStates = ['called', 'accepted', 'en-route', 'on-scene', 'done', 'released'] as const;
/** What a called unit itself says, in this order; some may be left out. */
export const partyProgress = ['accepted', 'en-route', 'on-scene', 'done'] as const;
export type PartyProgress = (typeof partyProgress)[number];
export type PartyState = (typeof partyStates)[number];

/** What a case keeps as evidence 证据. */
export const evidenceKinds = ['note', 'photo', 'video', 'document'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Who an account is. What a role may do stands in one table: `alarm-engine/src/access/rights.ts`. */
export const roles = [
  'commander',
  'dispatcher',
  'responder',
  'grid-worker',
  'tester',
  'administrator',
  'auditor',
  'wall',
  'viewer',
] as const;
export type Role = (typeof roles)[number];

/** A text that people read, in both languages of the house. */
export interface Words {
  zh: string;
  en: string;
}
