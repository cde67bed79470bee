import type { DeviceIndex } from '@fenghuo/gateway/device-index.ts';
import type { ClientBase } from 'pg';
import { copyStoredEvents } from '../store/sql/copy-stored-events.ts';
import { type InputBatchRow, listInputBatches } from '../store/sql/list-input-batches.ts';
import { listTakenCommands } from '../store/sql/list-taken-commands.ts';
import type { LoggedBatch } from './logged-batch.ts';

/** Inputs of the log are not there any more, or were never kept: what follows from them cannot be decided again. */
export class InputsMissing extends Error {}

export interface InputLogOptions {
  client: ClientBase;
  county: string;
  devices: DeviceIndex;
  /** Numbers of the inputs to read, both included; of a batch all or nothing. */
  firstNo: number;
  lastNo: number;
}

/** Engine numbers read at once: 15 MB of rows. The next are under way while these are decided on. */
const span = 50_000;

/**
 * The ordered log of inputs, read back from the database in the batches in which the writer took them. Yields some
 * batches at a time. Throws {@link InputsMissing} where the log has a hole.
 */
export async function* readInputLog(options: InputLogOptions): AsyncGenerator<LoggedBatch[]> {
  let under = readSpan(options, options.firstNo - 1);
  for (;;) {
    const batches = await under;
    const last = batches.at(-1);
    if (last === undefined) return;
    under = readSpan(options, last.lastNo);
    under.catch(() => {});
    yield batches;
  }
}

async function readSpan(
  { client, county, devices, lastNo: upTo }: InputLogOptions,
  after: number,
): Promise<LoggedBatch[]> {
  const rows = await listInputBatches(client, county, { after, span, upTo });
  const last = rows.at(-1);
  if (last === undefined) return [];
  const range = { first: after + 1, last: last.lastNo };
  const hasCommands = rows.some(({ commands }) => commands > 0);
  const commands = hasCommands ? await listTakenCommands(client, county, range) : [];
  const events = await copyStoredEvents(client, devices, range);
  const take = { events: cutter(events), commands: cutter(commands) };
  return rows.map((row) => batchOf(row, take.commands(row.lastNo), take.events(row.lastNo)));
}

/** An event with the number of a command is that command's own, a report: what is decided again makes it again. */
function batchOf(
  row: InputBatchRow,
  commands: LoggedBatch['commands'],
  stored: LoggedBatch['events'],
): LoggedBatch {
  const { firstNo, lastNo, engineAt, due } = row;
  const events = stored.filter(({ engineNo }) => engineNo >= firstNo + row.commands);
  const holes = [
    events.length === row.events ? '' : `${row.events - events.length} of ${row.events} events`,
    commands.length === row.commands ? '' : `${row.commands - commands.length} of ${row.commands} commands`,
    due === null ? 'the ids of what was due' : '',
  ].filter((hole) => hole !== '');
  if (holes.length > 0 || due === null)
    throw new InputsMissing(`of inputs ${firstNo} to ${lastNo} there are missing: ${holes.join(', ')}`);
  return { firstNo, lastNo, engineAt, commands, events, due };
}

/** Takes from a list in order of engine numbers, call by call, what lies up to a number. */
function cutter<T extends { engineNo: number }>(list: readonly T[]): (lastNo: number) => readonly T[] {
  let from = 0;
  return (lastNo) => {
    let to = from;
    while (to < list.length && list[to]!.engineNo <= lastNo) to++;
    const part = list.slice(from, to);
    from = to;
    return part;
  };
}
