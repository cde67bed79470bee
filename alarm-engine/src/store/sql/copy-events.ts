import { eventColumns } from '../event-rows.ts';
import type { Statement } from '../statement-batch.ts';

/** Stores events that are all new, rows of `EventRows`; a redelivery among them is a unique violation. */
export function copyEvents(rows: Uint8Array): Statement {
  return {
    name: 'copy-events',
    text: `copy fenghuo.event (${eventColumns}) from stdin (format binary)`,
    copy: rows,
  };
}

/** True for the violation that {@link copyEvents} meets when an event is there already, in the batch or before. */
export function isKnownEvent(error: unknown): boolean {
  const { code, schema, table } = error as { code?: string; schema?: string; table?: string };
  return code === '23505' && schema === 'fenghuo' && table !== undefined && /^event(_|$)/.test(table);
}
