import { eventColumns } from '../event-rows.ts';
import type { Statement } from '../statement-batch.ts';

/** Tables that events are stored in: all on plain Postgres; timely and odd ones on TimescaleDB, and `event` a view. */
export type EventTable = 'event' | 'event_chunked' | 'event_elsewhere';

/** Stores events that are all new, rows of `EventRows`; a redelivery among them is a unique violation. */
export function copyEvents(table: EventTable, rows: Uint8Array): Statement {
  return {
    name: `copy-${table}`,
    text: `copy fenghuo.${table} (${eventColumns}) from stdin (format binary)`,
    copy: rows,
  };
}

/**
 * True for the violation that {@link copyEvents} meets when an event is there already, in the batch or before. A chunk
 * of TimescaleDB lies in a schema of its own, and a compressed one names its constraint in the message only.
 */
export function isKnownEvent(error: unknown): boolean {
  const { code, schema, table, message } = error as {
    code?: string;
    schema?: string;
    table?: string;
    message?: string;
  };
  if (code !== '23505') return false;
  if (schema === 'fenghuo') return table !== undefined && /^event(_|$)/.test(table);
  return /"\d+_\d+_event_chunked_pkey"/.test(message ?? '');
}
