import { escapeIdentifier } from 'pg';
import type { Queryable } from '../queryable.ts';

export interface HypertableOptions {
  /** Schema of the extension. */
  schema: string;
  /** False under the Apache licence of TimescaleDB, which has no compression. */
  compresses: boolean;
}

/**
 * Makes the event table of a database without events a hypertable, with what was its default partition beside it for
 * odd device times, and `fenghuo.event` a view of both; and the functions of the days anew. One implicit transaction.
 *
 * Rows of a compressed day are grouped by kind and state, so that the hundredth that is unusual is read by itself, and
 * ordered as the key is, so that a device is found by the bounds of its group.
 */
export async function makeEventHypertable(owner: Queryable, options: HypertableOptions): Promise<void> {
  const schema = escapeIdentifier(options.schema);
  await owner.query(`
    begin;
    drop view fenghuo.event_by_day;
    alter table fenghuo.event detach partition fenghuo.event_elsewhere;
    drop table fenghuo.event;
    create index event_elsewhere_by_time on fenghuo.event_elsewhere (at);

    create table fenghuo.event_chunked
      (like fenghuo.event_elsewhere including defaults, primary key (device, at, ident, run));
    select ${schema}.create_hypertable('fenghuo.event_chunked', 'at', chunk_time_interval => interval '1 day',
                                       create_default_indexes => false);
    create index on fenghuo.event_chunked using brin (no, at) with (pages_per_range = 32, autosummarize = on);
    create index on fenghuo.event_chunked (kind, at) where state <> 'normal';
    ${options.compresses ? compression : ''}

    create view fenghuo.event as
      select * from fenghuo.event_chunked union all select * from fenghuo.event_elsewhere;
    create view fenghuo.event_by_day as select * from fenghuo.event_chunked;
    grant select, insert on fenghuo.event_chunked to fenghuo_app;
    grant select on fenghuo.event, fenghuo.event_by_day to fenghuo_app;
    ${functions(schema, options.compresses)}
    commit`);
}

const compression = `
    alter table fenghuo.event_chunked set (
      timescaledb.compress, timescaledb.compress_segmentby = 'kind, state',
      timescaledb.compress_orderby = 'device, at, ident, run');`;

/**
 * Events by their numbers leave compressed days out, which cannot be searched by number. Who stores an odd event holds a
 * lock on its table that the moving waits for, and the other way round.
 */
const functions = (schema: string, compresses: boolean) => `
    create or replace function fenghuo.make_event_days(from_day date, to_day date) returns integer
    language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
    declare
      moved integer;
    begin
      lock table fenghuo.event_elsewhere in share row exclusive mode;
      with timely as (
        delete from fenghuo.event_elsewhere where at >= from_day and at < to_day + 1 returning *
      )
      insert into fenghuo.event_chunked select * from timely on conflict (device, at, ident, run) do nothing;
      get diagnostics moved = row_count;
      return moved;
    end $$;

    create or replace function fenghuo.drop_event_days(before date) returns integer
    language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '2s' as $$
    declare
      dropped integer;
    begin
      select count(*) into dropped
      from ${schema}.drop_chunks('fenghuo.event_chunked', older_than => before::timestamptz);
      delete from fenghuo.event_elsewhere where received_at < before::timestamptz;
      return dropped;
    end $$;

    create or replace function fenghuo.compress_event_day(before date) returns boolean
    language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
    declare
      chunk regclass;
    begin
      ${compresses ? compressOne(schema) : ''}
      return chunk is not null;
    end $$;
    revoke execute on function fenghuo.compress_event_day from public;

    create or replace function fenghuo.events_numbered(after bigint, up_to bigint, earliest timestamptz)
    returns table (device integer, known_at timestamptz, kind text, state text, run text) language sql stable as $$
      select device, at, kind, state, run from fenghuo.event_chunked
      where no > after and no <= up_to and at >= earliest
      union all
      select device, received_at, kind, state, run from fenghuo.event_elsewhere
      where no > after and no <= up_to
    $$;

    create function fenghuo.refuse_odd_twins(from_time timestamptz, to_time timestamptz) returns void
    language plpgsql stable set search_path = pg_catalog as $$
    begin
      if exists (select from fenghuo.event_elsewhere where at between from_time and to_time) then
        raise unique_violation using message = 'an odd event may be there already',
          schema = 'fenghuo', table = 'event_elsewhere', constraint = 'event_elsewhere_pkey';
      end if;
    end $$;
    grant execute on function fenghuo.refuse_odd_twins to fenghuo_app;`;

const compressOne = (schema: string) => `
      select format('%I.%I', chunk_schema, chunk_name)::regclass into chunk
      from timescaledb_information.chunks
      where hypertable_schema = 'fenghuo' and hypertable_name = 'event_chunked' and not is_compressed
        and range_end <= before::timestamptz
      order by range_start limit 1;
      if chunk is not null then
        perform ${schema}.compress_chunk(chunk);
      end if;`;
