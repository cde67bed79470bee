import type { Client } from 'pg';
import type { Registry } from '../registry/registry.ts';
import { EventRows } from '../store/event-rows.ts';
import { closeBatch } from '../store/sql/close-batch.ts';
import { copyEvents, isKnownEvent } from '../store/sql/copy-events.ts';
import { insertUnknownDevices } from '../store/sql/insert-device.ts';
import { insertNewEvents } from '../store/sql/insert-new-events.ts';
import { runStatements, type Statement, type TextRows } from '../store/statement-batch.ts';
import type { Batch } from './batch.ts';
import { commit } from './commit.ts';
import { countyDay } from './county-day.ts';
import { effectStatements } from './effect-statements.ts';
import { Effects } from './effects.ts';
import type { EngineState, LogPositions } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import { deviceOf, type NumberedInputs, numberInputs, unknownDevice } from './number-inputs.ts';
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

/** A transaction in which everything is written and nothing committed. */
interface Written {
  xid: string;
  effects: Effects;
  positions: LogPositions;
  storedEvents: number;
}

/** One writer a process, one batch at a time: the rows of one batch are sent before the next are made. */
const eventRows = new EventRows();

const begin: Statement = { name: 'begin', text: 'begin' };

/**
 * One batch, one transaction: events in, decisions, everything that they cause, commit, merge. Throws when it
 * was not committed; the caller discards the overlay. After a throw nothing of the batch has happened.
 *
 * Redeliveries are rare, so a batch in which the transport marks none is decided on as if all of it were new, while
 * its events go by COPY in the same round trip; a twin breaks that transaction and the batch goes the careful way.
 */
export async function transact(transaction: Transaction): Promise<{ storedEvents: number }> {
  const { client, reconnect, state, registry, batch, failpoints } = transaction;
  failpoints.pass('before-insert');
  const numbered = numberInputs(batch, registry, state.positions.engineNo);
  const written = (await writeAllNew(transaction, numbered)) ?? (await writeCarefully(transaction, numbered));
  failpoints.pass('before-commit');
  await commit({ client, reconnect, xid: written.xid });
  for (const { no, id } of numbered.unknown) registry.addDevice(unknownDevice(no, id));
  state.merge(written.effects, written.positions);
  return { storedEvents: written.storedEvents };
}

/** Two round trips with the commit. Null when an event is not new: nothing has happened then. */
async function writeAllNew(transaction: Transaction, numbered: NumberedInputs): Promise<Written | null> {
  if (numbered.redelivered) return null;
  const { client, state } = transaction;
  const effects = decide(transaction, numbered, null);
  const closing = close(transaction, numbered, effects, numbered.events.length);
  const { events } = numbered;
  const copy = events.length === 0 ? [] : [copyEvents(eventRows.encode(events))];
  try {
    const results = await runStatements(client, [
      begin,
      ...newDevices(transaction, numbered),
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
async function writeCarefully(transaction: Transaction, numbered: NumberedInputs): Promise<Written> {
  const { client } = transaction;
  const rows = await runStatements(client, [
    begin,
    ...newDevices(transaction, numbered),
    ...insertNewEvents(eventRows.encode(numbered.events)),
  ]);
  const fresh = new Set(rows.at(-1)!.map(([no]) => Number(no)));
  const effects = decide(transaction, numbered, fresh);
  const closing = close(transaction, numbered, effects, fresh.size);
  return closing.written(await runStatements(client, closing.statements));
}

function newDevices({ registry }: Transaction, { unknown }: NumberedInputs): Statement[] {
  return unknown.length === 0 ? [] : [insertUnknownDevices(registry.county.code, unknown)];
}

/**
 * Commands first, then the new events, then what is due; each sees what those before it did. `fresh`: engine
 * numbers of the events that are new, null for all.
 */
function decide(
  transaction: Transaction,
  numbered: NumberedInputs,
  fresh: ReadonlySet<number> | null,
): Effects {
  const { state, registry, batch, now, timeZone } = transaction;
  const effects = new Effects();
  const day = countyDay(now, timeZone);
  const turn = (no: number) => ({ state, registry, effects, no, now, day });
  let no = state.positions.engineNo;
  for (const command of batch.commands) takeCommand(turn(++no), command);
  for (const { event, deviceNo, engineNo } of numbered.events) {
    if (fresh !== null && !fresh.has(engineNo)) continue;
    takeEvent(turn(engineNo), event, deviceOf(registry, deviceNo, event.deviceId));
  }
  no = numbered.firstEventNo + numbered.events.length - 1;
  for (const item of batch.due) takeDue(turn(++no), item);
  return effects;
}

/** The statements that write what was decided and close the batch, and how to read the answer of the last one. */
function close(
  transaction: Transaction,
  { lastNo, strangers }: NumberedInputs,
  effects: Effects,
  storedEvents: number,
) {
  const { state, registry, batch, now, epoch } = transaction;
  const county = registry.county.code;
  const refused = batch.deliveries.flatMap((delivery) => delivery.refused ?? []);
  const before = state.positions;
  const { statements, positions } = effectStatements({
    ...{ county, now, effects, refused, strangers, lastNo },
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
    dueFired: batch.due.length,
    changeNo: positions.changeNo === before.changeNo ? null : positions.changeNo,
  });
  const written = (results: TextRows[]): Written => {
    const xid = results.at(-1)?.[0]?.[0] ?? null;
    if (xid === null) throw new LeaseLost('the writer no longer holds the lease');
    return { xid, effects, positions, storedEvents };
  };
  return { statements: [...statements, closing], written };
}
