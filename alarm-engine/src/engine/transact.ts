import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { Client } from 'pg';
import { linkDigest } from '../audit/chain.ts';
import type { RegisteredDevice, Registry } from '../registry/registry.ts';
import { answerCommands } from '../store/sql/answer-commands.ts';
import { appendAudit } from '../store/sql/append-audit.ts';
import { appendChanges, type LoggedChange } from '../store/sql/append-changes.ts';
import { closeBatch } from '../store/sql/close-batch.ts';
import { insertDeliveries } from '../store/sql/insert-deliveries.ts';
import { insertUnknownDevices } from '../store/sql/insert-device.ts';
import { insertEvents, type NumberedEvent } from '../store/sql/insert-events.ts';
import {
  insertQuarantine,
  type QuarantinedMessage,
  quarantinedEvent,
} from '../store/sql/insert-quarantine.ts';
import { saveDueItems } from '../store/sql/save-due.ts';
import { upsertRecords } from '../store/sql/upsert-records.ts';
import type { Batch } from './batch.ts';
import { errorKind } from './database-error.ts';
import { Effects } from './effects.ts';
import type { EngineState, LogPositions } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import { takeCommand } from './take-command.ts';
import { takeDue } from './take-due.ts';
import { takeEvent } from './take-event.ts';

/** Another process holds the lease, or ours ran out: the transaction was not committed. */
export class LeaseLost extends Error {}

export interface Transaction {
  client: Client;
  /** A fresh connection in place of the broken one, to ask what became of a commit whose answer was lost. */
  reconnect: () => Promise<Client>;
  state: EngineState;
  registry: Registry;
  batch: Batch;
  epoch: number;
  now: number;
  timeZone: string;
  failpoints: Failpoints;
}

/**
 * One batch, one transaction: events in, decisions, everything that they cause, commit, merge. Throws when it
 * was not committed; the caller discards the overlay. After a throw nothing of the batch has happened.
 */
export async function transact(transaction: Transaction): Promise<{ storedEvents: number }> {
  const { client, state, registry, batch, failpoints } = transaction;
  await client.query('begin');
  failpoints.pass('before-insert');
  const numbered = numberInputs(transaction);
  await insertUnknownDevices(client, registry.county.code, numbered.unknown);
  const fresh =
    numbered.events.length === 0 ? new Set<number>() : await insertEvents(client, numbered.events);
  const effects = decide(transaction, numbered, fresh);
  const positions = await writeEffects(transaction, effects, numbered);
  const xid = await closeBatch(client, {
    county: registry.county.code,
    firstNo: state.positions.engineNo + 1,
    lastNo: numbered.lastNo,
    engineAt: transaction.now,
    epoch: transaction.epoch,
    events: fresh.size,
    commands: batch.commands.length,
    dueFired: batch.due.length,
    changeNo: positions.changeNo === state.positions.changeNo ? null : positions.changeNo,
  });
  if (xid === null) throw new LeaseLost('the writer no longer holds the lease');
  failpoints.pass('before-commit');
  await commit(transaction, xid);
  for (const { no, id } of numbered.unknown) registry.addDevice(unknownDevice(no, id));
  state.merge(effects, positions);
  return { storedEvents: fresh.size };
}

interface NumberedInputs {
  events: NumberedEvent[];
  /** Devices heard of for the first time, with the numbers that they get. */
  unknown: { no: number; id: string }[];
  /** Drill events of devices that nobody registered: a drill adds nothing to the live registry. */
  strangers: DeviceEvent[];
  firstEventNo: number;
  lastNo: number;
}

function numberInputs({ state, registry, batch }: Transaction): NumberedInputs {
  let no = state.positions.engineNo + batch.commands.length;
  const firstEventNo = no + 1;
  const unknown = new Map<string, number>();
  const strangers: DeviceEvent[] = [];
  const events = batch.deliveries.flatMap(({ event }): NumberedEvent[] => {
    if (event === undefined) return [];
    if (event.run !== null && registry.numberOf(event.deviceId) < 0) {
      strangers.push(event);
      return [];
    }
    no += 1;
    return [{ event, deviceNo: numberOf(registry, unknown, event), engineNo: no }];
  });
  const lastNo = Math.max(no + batch.due.length, state.positions.engineNo + 1);
  const fresh = [...unknown].map(([id, no]) => ({ no, id }));
  return { events, strangers, unknown: fresh, firstEventNo, lastNo };
}

function numberOf(registry: Registry, unknown: Map<string, number>, { deviceId }: DeviceEvent): number {
  const known = registry.numberOf(deviceId);
  if (known >= 0) return known;
  const no = unknown.get(deviceId) ?? registry.deviceCount + unknown.size;
  unknown.set(deviceId, no);
  return no;
}

/** Commands first, then the new events, then what is due; each sees what those before it did. */
function decide(transaction: Transaction, numbered: NumberedInputs, fresh: ReadonlySet<number>): Effects {
  const { state, registry, batch, now, timeZone } = transaction;
  const effects = new Effects();
  const day = dayOf(now, timeZone);
  const turn = (no: number) => ({ state, registry, effects, no, now, day });
  let no = state.positions.engineNo;
  for (const command of batch.commands) takeCommand(turn(++no), command);
  for (const { event, deviceNo, engineNo } of numbered.events) {
    if (!fresh.has(engineNo)) continue;
    takeEvent(turn(engineNo), event, deviceOf(registry, deviceNo, event.deviceId));
  }
  no = numbered.firstEventNo + numbered.events.length - 1;
  for (const item of batch.due) takeDue(turn(++no), item);
  return effects;
}

function deviceOf(registry: Registry, no: number, id: string): RegisteredDevice {
  return no < registry.deviceCount
    ? registry.device(no)
    : { ...unknownDevice(no, id), area: registry.county.code };
}

function unknownDevice(no: number, id: string) {
  return {
    no,
    id,
    type: 'unknown' as const,
    area: null,
    building: null,
    floor: null,
    room: null,
    lon: null,
    lat: null,
  };
}

async function writeEffects(
  transaction: Transaction,
  effects: Effects,
  { lastNo, strangers }: NumberedInputs,
): Promise<LogPositions> {
  const { client, state, registry, batch, now } = transaction;
  const county = registry.county.code;
  const { positions } = state;
  const refused = batch.deliveries.flatMap((delivery) => delivery.refused ?? []);
  await insertQuarantine(client, county, [...refused, ...strangers.map(asStranger)]);
  await upsertRecords(client, 'drill', county, effects.drills);
  await upsertRecords(client, 'incident', county, effects.incidents);
  await upsertRecords(client, 'alarm', county, effects.alarms);
  await upsertRecords(client, 'ticket', county, effects.tickets);
  await upsertRecords(client, 'upkeep', county, effects.upkeep);
  await saveDueItems(client, county, effects.due);
  await insertDeliveries(client, county, now, effects.messages);
  await answerCommands(client, effects.answers);
  const changes = changesOf(effects, positions.changeNo, county);
  await appendChanges(client, county, now, changes);
  const entries = effects.audit.map((entry, i) => ({ ...entry, no: positions.auditNo + i + 1 }));
  const digest = entries.length === 0 ? positions.auditDigest : linkDigest(positions.auditDigest, entries);
  await appendAudit(client, county, { batch: lastNo, entries, previous: positions.auditDigest, digest });
  return {
    engineNo: lastNo,
    changeNo: positions.changeNo + changes.length,
    auditNo: positions.auditNo + entries.length,
    auditDigest: digest,
  };
}

function asStranger(event: DeviceEvent): QuarantinedMessage {
  const detail = 'a drill event of a device that nobody registered';
  return { ...quarantinedEvent(event), reason: 'unknown-device', detail };
}

/** The batch's lines of the change log: each record once, as the batch leaves it. */
function changesOf(effects: Effects, after: number, county: string): LoggedChange[] {
  const changes: LoggedChange[] = [];
  const add = (topic: LoggedChange['topic'], records: ReadonlyMap<string, { area?: string }>) => {
    for (const [key, doc] of records)
      changes.push({
        no: after + changes.length + 1,
        topic,
        key,
        area: doc.area ?? county,
        wasArea: null,
        doc,
      });
  };
  add('drill', effects.drills as ReadonlyMap<string, object>);
  add('incident', effects.incidents);
  add('alarm', effects.alarms);
  add('ticket', effects.tickets);
  return changes;
}

/** Commits. When the connection breaks before the answer, asks the database what became of it. */
async function commit(transaction: Transaction, xid: string): Promise<void> {
  try {
    await transaction.client.query('commit');
  } catch (error) {
    if (errorKind(error) !== 'lost') throw error;
    if (!(await wasCommitted(transaction, xid))) throw error;
  }
}

/** Asks until the database knows; it may be restarting. Its answer decides: there is nothing else to go by. */
async function wasCommitted({ reconnect }: Transaction, xid: string): Promise<boolean> {
  for (;;) {
    const status = await askStatus(reconnect, xid).catch((error: unknown) => {
      if (errorKind(error) === 'input') throw error;
      return 'unknown';
    });
    if (status === 'committed') return true;
    if (status !== 'in progress' && status !== 'unknown') return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function askStatus(reconnect: Transaction['reconnect'], xid: string): Promise<string | null> {
  const client = await reconnect();
  const found = await client.query<{ status: string | null }>(
    'select pg_xact_status($1::text::xid8) as status',
    [xid],
  );
  return found.rows[0]?.status ?? null;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayOf(now: number, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: '2-digit',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(now).map((part) => [part.type, part.value]));
  return `${parts.year}${parts.month}${parts.day}`;
}
