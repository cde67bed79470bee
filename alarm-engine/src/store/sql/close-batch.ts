import type { Statement } from '../statement-batch.ts';

/** What a batch was, for the ordered input log. */
export interface BatchRow {
  county: string;
  firstNo: number;
  lastNo: number;
  engineAt: number;
  epoch: number;
  events: number;
  commands: number;
  /** Ids of the due items that had a turn, in order. */
  due: readonly string[];
  /** Newest change number when the batch changed anything, else null. */
  changeNo: number | null;
}

/**
 * The last statement before the commit: logs the batch if the writer still holds the lease of this epoch, and
 * wakes the web. Its row is the transaction's id; without a row the lease is lost: roll back.
 */
export function closeBatch(batch: BatchRow): Statement {
  return {
    name: 'close-batch',
    text: `
      with lease as (
        select 1 from fenghuo.writer_lease
        where county = $1 and epoch = $5 and expires_at > clock_timestamp() for share
      ), logged as (
        insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands, due)
        select $1, $2, $3, to_timestamp($4::float8 / 1000), $5, $6, $7,
               array(select json_array_elements_text($8)) from lease
        returning 1
      )
      select pg_current_xact_id()::text as xid,
             case when $9::bigint is not null then pg_notify('fenghuo_change', $1 || ':' || $9) end
      from logged`,
    values: [
      batch.county,
      batch.firstNo,
      batch.lastNo,
      batch.engineAt,
      batch.epoch,
      batch.events,
      batch.commands,
      JSON.stringify(batch.due),
      batch.changeNo,
    ],
  };
}
