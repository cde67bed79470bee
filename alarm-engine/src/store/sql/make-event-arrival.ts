import { eventColumns } from '../event-rows.ts';
import type { Statement } from '../statement-batch.ts';

/** Puts events, rows of `EventRows`, into a table of the connection's own that is empty again after the transaction. */
export function makeEventArrival(rows: Uint8Array): Statement[] {
  return [
    {
      name: 'make-event-arrival',
      text: `create temporary table if not exists event_arrival (like fenghuo.event) on commit delete rows`,
    },
    {
      name: 'copy-event-arrival',
      text: `copy pg_temp.event_arrival (${eventColumns}) from stdin (format binary)`,
      copy: rows,
    },
  ];
}
