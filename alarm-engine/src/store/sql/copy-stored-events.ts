import type { DeviceIndex } from '@fenghuo/gateway/device-index.ts';
import type { ClientBase } from 'pg';
import { copyOut } from '../copy-out.ts';
import type { NumberedEvent } from '../event-rows.ts';
import { StoredEvents, storedEventColumns } from '../stored-events.ts';

/** Events with engine numbers in [`first`, `last`], in their order. */
export async function copyStoredEvents(
  client: ClientBase,
  devices: DeviceIndex,
  { first, last }: { first: number; last: number },
): Promise<NumberedEvent[]> {
  const stored = new StoredEvents(devices);
  const text = `
    copy (select ${storedEventColumns} from fenghuo.event
          where no between ${Math.trunc(first)} and ${Math.trunc(last)} order by no)
    to stdout (format binary)`;
  await copyOut(client, text, stored.take);
  return stored.events;
}
