import type { Client } from 'pg';
import type { DeviceRow, Registry } from '../registry/registry.ts';
import { closeBatch } from '../store/sql/close-batch.ts';
import { isKnownEvent } from '../store/sql/copy-events.ts';
import { findClosedCases } from '../store/sql/find-closed-cases.ts';
import { insertUnknownDevices } from '../store/sql/insert-device.ts';
import { runStatements, type Statement, type TextRows } from '../store/statement-batch.ts';
import type { TimeSeries } from '../store/time-series/time-series.ts';
import type { Batch } from './batch.ts';
import { type ClosedCase, namingClosed } from './closed-case.ts';
import { decideOn } from './decide-on.ts';
import { effectStatements } from './effect-statements.ts';
import type { Effects } from './effects.ts';
import type { EngineState, LogPositions } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import type { WaitingCommand } from './inputs.ts';
import { type NumberedInputs, numberInputs, unknownDevice } from './number-inputs.ts';

/** Another process holds the lease, or ours ran out: the transaction was not committed. */
export class LeaseLost extends Error {}

export interface BatchToWrite {
  client: Client;
  state: EngineState;
  registry: Registry;
  batch: Batch;
  epoch: number;
  now: number;
  timeZone: string;
  failpoints: Failpoints;
  /** The writer's own: one batch is sent before the rows of the next are made. */
  series: TimeSeries;
}

/** A batch in whose transaction everything is written and nothing committed. */
export interface WrittenBatch {
  batch: Batch;
  /** The connection that holds the transaction. */
  client: Client;
  /** Id of the transaction. */
  xid: string;
  effects: Effects;
  positions: LogPositions;
  storedEvents: number;
  /** Devices heard of for the first time, and who reported. */
  newDevices: DeviceRow[];
}

const begin: Statement = { name: 'begin', text: 'begin' };

/**
 * Opens the transaction of a batch and writes events, decisions and everything that they cause. Decides at once,
 * before the first statement is answered. Throws when it could not be written: roll back and discard the overlay;
 * nothing of the batch has happened then.
 *
 * Redeliveries are rare, so a batch in which the transport marks none is decided on as if all of it were new, while
 * its events go by COPY in the same round trip; a twin breaks that transaction and the batch goes the careful way.
 */
export async function writeBatch(writing: BatchToWrite): Promise<WrittenBatch> {
  const { state, registry, batch, failpoints } = writing;
  failpoints.pass('before-insert');
  const named = namingClosed(state, batch.commands);
  const recalled = named.length === 0 ? none : await recall(writing, named);
  const numbered = numberInputs(batch, registry, state.positions.engineNo);
  const work = { ...writing, recalled };
  return (await writeAllNew(work, numbered)) ?? (await writeCarefully(work, numbered));
}

/** Cases that commands name and that are not in memory, by what they name. */
type Recalled = ReadonlyMap<string, ClosedCase>;
type Work = BatchToWrite & { recalled: Recalled };
const none: Recalled = new Map();

/** On the writer's own connection, behind the commit that is under way: what that one closes is seen here. */
function recall({ client, registry }: BatchToWrite, named: readonly WaitingCommand[]): Promise<Recalled> {
  const ids = named.map(({ body }) => body.subject);
  return findClosedCases(client, registry.county.code, [...new Set(ids)]);
}

/** One round trip. Null when an event is not new, or that cannot be told by it: nothing has happened then. */
async function writeAllNew(writing: Work, numbered: NumberedInputs): Promise<WrittenBatch | null> {
  const { client, state, series, now } = writing;
  const copy = numbered.redelivered ? null : series.copy(numbered.events, now);
  if (copy === null) return null;
  const effects = decide(writing, numbered, null);
  const closing = close(writing, numbered, effects, numbered.events.length);
  try {
    const results = await runStatements(client, [
      begin,
      ...newDevices(writing, numbered),
      ...copy,
      ...closing.statements,
    ]);
    return closing.written(results);
  } catch (error) {
    if (!isKnownEvent(error)) throw error;
    state.discard();
    await client.query('rollback');
    return null;
  }
}

/** Asks the database which events are new before it decides. */
async function writeCarefully(writing: Work, numbered: NumberedInputs): Promise<WrittenBatch> {
  const { client, series, now } = writing;
  const results = await runStatements(client, [
    begin,
    ...newDevices(writing, numbered),
    ...series.insertNew(numbered.events, now),
  ]);
  const fresh = new Set(results.at(-1)!.map(([no]) => Number(no)));
  const effects = decide(writing, numbered, fresh);
  const closing = close(writing, numbered, effects, fresh.size);
  return closing.written(await runStatements(client, closing.statements));
}

function newDevices({ registry }: BatchToWrite, { unknown }: NumberedInputs): Statement[] {
  return unknown.length === 0 ? [] : [insertUnknownDevices(registry.county.code, unknown)];
}

/** `fresh`: engine numbers of the events that are new, null for all. */
function decide(
  { state, registry, batch, now, timeZone, recalled }: Work,
  numbered: NumberedInputs,
  fresh: ReadonlySet<number> | null,
): Effects {
  const commands = batch.commands.map((command, i) => ({
    ...command,
    engineNo: numbered.firstCommandNo + i,
    closedCase: recalled.get(command.body.subject) ?? null,
  }));
  const due = batch.due.map(({ id }) => id);
  const events =
    fresh === null ? numbered.events : numbered.events.filter((each) => fresh.has(each.engineNo));
  const { firstEventNo, events: all } = numbered;
  const firstDueNo = firstEventNo + all.length;
  const firstNewDevice = registry.deviceCount + numbered.unknown.length;
  return decideOn({ state, registry, now, timeZone }, { commands, events, due, firstDueNo, firstNewDevice });
}

/** The statements that write what was decided and close the batch, and how to read the answer of the last one. */
function close(
  writing: BatchToWrite,
  { lastNo, strangers, unknown }: NumberedInputs,
  effects: Effects,
  storedEvents: number,
) {
  const { client, state, registry, batch, now, epoch } = writing;
  const county = registry.county.code;
  const refused = batch.deliveries.flatMap((delivery) => delivery.refused ?? []);
  const before = state.positions;
  const { statements, positions } = effectStatements({
    ...{ county, now, effects, refused, strangers, lastNo, state, registry },
    positions: before,
  });
  const closing = closeBatch({
    county,
    firstNo: before.engineNo + 1,
    lastNo,
    engineAt: now,
    epoch,
    events: storedEvents,
    commands: batch.commands.length,
    due: batch.due.map(({ id }) => id),
    changeNo: positions.changeNo === before.changeNo ? null : positions.changeNo,
  });
  const written = (results: TextRows[]): WrittenBatch => {
    const xid = results.at(-1)?.[0]?.[0] ?? null;
    if (xid === null) throw new LeaseLost('the writer no longer holds the lease');
    const heardOf = unknown.map(({ no, id }) => unknownDevice(no, id));
    const newDevices = [...heardOf, ...effects.reports.map(({ device }) => device)];
    return { batch, client, xid, effects, positions, storedEvents, newDevices };
  };
  return { statements: [...statements, closing], written };
}
