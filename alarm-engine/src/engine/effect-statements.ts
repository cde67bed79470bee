import { randomBytes } from 'node:crypto';
import type { DeviceEvent, Refused } from '@fenghuo/gateway/device-event.ts';
import { linkDigest } from '../audit/chain.ts';
import { sealPersonal } from '../audit/personal.ts';
import type { Registry } from '../registry/registry.ts';
import { answerCommands } from '../store/sql/answer-commands.ts';
import { appendAudit } from '../store/sql/append-audit.ts';
import { askForReports } from '../store/sql/ask-for-reports.ts';
import { insertBroadcastUnits } from '../store/sql/insert-broadcast-units.ts';
import { insertDeliveries } from '../store/sql/insert-deliveries.ts';
import { insertEvidence } from '../store/sql/insert-evidence.ts';
import { insertPersonal } from '../store/sql/insert-personal.ts';
import {
  insertQuarantine,
  type QuarantinedMessage,
  quarantinedEvent,
} from '../store/sql/insert-quarantine.ts';
import { insertReports } from '../store/sql/insert-reports.ts';
import { insertRulebooks } from '../store/sql/insert-rulebooks.ts';
import { insertTransitions } from '../store/sql/insert-transitions.ts';
import { insertWorkflows } from '../store/sql/insert-workflows.ts';
import { keepCaseCameras } from '../store/sql/keep-case-cameras.ts';
import { keepRecords, type RecordTable, type RecordUnits } from '../store/sql/keep-records.ts';
import { saveBroadcastReads } from '../store/sql/save-broadcast-reads.ts';
import { saveDueItems } from '../store/sql/save-due.ts';
import { saveDuty } from '../store/sql/save-duty.ts';
import { tellReporters } from '../store/sql/tell-reporters.ts';
import { upsertBuildings } from '../store/sql/upsert-buildings.ts';
import { upsertDevices } from '../store/sql/upsert-devices.ts';
import { upsertPeople } from '../store/sql/upsert-people.ts';
import { upsertUnits } from '../store/sql/upsert-units.ts';
import { upsertUpkeep } from '../store/sql/upsert-upkeep.ts';
import type { Statement } from '../store/statement-batch.ts';
import type { Effects } from './effects.ts';
import type { EngineState, LogPositions } from './engine-state.ts';
import { OrderedUnits } from './ordered-units.ts';

export interface EffectsToWrite {
  county: string;
  /** As the batch leaves it, not sealed yet. */
  state: EngineState;
  registry: Registry;
  now: number;
  effects: Effects;
  refused: readonly Refused[];
  strangers: readonly DeviceEvent[];
  /** Number of the batch's last input. */
  lastNo: number;
  /** Where the logs stand before the batch. */
  positions: LogPositions;
}

/** What a batch causes as statements, none for what there is nothing of, and where the logs stand after it. */
export function effectStatements(batch: EffectsToWrite): {
  statements: Statement[];
  positions: LogPositions;
} {
  const { county, now, effects, positions, lastNo } = batch;
  const statements: Statement[] = [];
  const quarantined = [...batch.refused, ...batch.strangers.map(asStranger)];
  if (quarantined.length > 0) statements.push(insertQuarantine(county, quarantined));
  let changeNo = positions.changeNo;
  const ordered = new OrderedUnits(batch.state, batch.registry);
  const keep = (
    table: RecordTable,
    records: ReadonlyMap<string, object>,
    units: Record<string, RecordUnits> = {},
  ) => {
    if (records.size === 0) return;
    statements.push(keepRecords(table, { county, records, units, at: now, afterChange: changeNo }));
    changeNo += records.size;
  };
  keep('drill', effects.drills);
  keep('hold', effects.holds);
  keep('incident', effects.incidents, ordered.ofIncidents(effects.incidents));
  keep('alarm', effects.alarms, ordered.ofAlarms(effects.alarms));
  keep('ticket', effects.tickets, ordered.ofTickets(effects.tickets));
  keep('flood', effects.floods);
  keep('broadcast', effects.broadcasts);
  if (effects.broadcastUnits.length > 0) statements.push(insertBroadcastUnits(effects.broadcastUnits));
  if (effects.broadcastReads.length > 0) statements.push(saveBroadcastReads(effects.broadcastReads));
  if (effects.transitions.length > 0) statements.push(insertTransitions(county, effects.transitions));
  if (effects.reports.length > 0) statements.push(...insertReports(county, now, effects.reports));
  const ended = endedIncidents(effects);
  if (ended.length > 0) statements.push(tellReporters(county, now, ended));
  if (effects.cameras.size > 0) statements.push(keepCaseCameras(county, effects.cameras));
  if (effects.evidence.length > 0) statements.push(insertEvidence(county, effects.evidence));
  if (effects.caseReports.length > 0) statements.push(askForReports(county, now, effects.caseReports));
  if (effects.upkeep.size > 0) statements.push(upsertUpkeep(county, effects.upkeep));
  if (effects.duty.size > 0) statements.push(saveDuty(county, effects.duty));
  if (effects.due.size > 0) statements.push(saveDueItems(county, effects.due));
  const told = [...effects.messages, ...effects.drillMessages];
  if (told.length > 0) statements.push(insertDeliveries(county, now, told));
  if (effects.rulebooks.length > 0) statements.push(insertRulebooks(county, effects.rulebooks));
  if (effects.workflows.length > 0) statements.push(insertWorkflows(county, effects.workflows));
  if (effects.buildings.size > 0) statements.push(upsertBuildings(county, [...effects.buildings.values()]));
  if (effects.units.size > 0) statements.push(upsertUnits(county, [...effects.units.values()]));
  if (effects.people.size > 0) statements.push(upsertPeople(county, [...effects.people.values()]));
  if (effects.devices.size > 0) statements.push(upsertDevices(county, [...effects.devices.values()]));
  if (effects.answers.length > 0) statements.push(answerCommands(effects.answers));
  const sealed = effects.audit.map((entry, i) =>
    sealPersonal({ ...entry, no: positions.auditNo + i + 1 }, newSalt),
  );
  const entries = sealed.map(({ entry }) => entry);
  const personal = sealed.flatMap(({ entry: { no }, kept }) => (kept === null ? [] : [{ ...kept, no }]));
  const previous = positions.auditDigest;
  const digest = entries.length === 0 ? previous : linkDigest(previous, entries);
  if (entries.length > 0) statements.push(appendAudit(county, { batch: lastNo, entries, previous, digest }));
  if (personal.length > 0) statements.push(insertPersonal(county, personal));
  return {
    statements,
    positions: {
      engineNo: lastNo,
      changeNo,
      auditNo: positions.auditNo + entries.length,
      auditDigest: digest,
    },
  };
}

/** Incidents that are over, and not only taken in by another: who reported them is told. */
function endedIncidents({ incidents }: Effects): string[] {
  const over = [...incidents.values()].filter(
    ({ closedAt, mergedInto }) => closedAt !== null && mergedInto === null,
  );
  return over.map(({ id }) => id);
}

/** Only what is written is salted: what was decided stays the same at every replay. */
const newSalt = () => randomBytes(16);

function asStranger(event: DeviceEvent): QuarantinedMessage {
  const detail = 'a drill event of a device that nobody registered';
  return { ...quarantinedEvent(event), reason: 'unknown-device', detail };
}
