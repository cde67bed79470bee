import type { UpkeepFigures } from '@fenghuo/contracts/upkeep.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/** What the units that upkeep was given to have made of it: now, and of what closed in a period. */
export async function listUpkeepUnits(
  db: Queryable,
  query: PeriodQuery & { now: number },
): Promise<UpkeepFigures['units']> {
  const { rows } = await db.query<UpkeepFigures['units'][number]>(
    `with period as (
       select to_timestamp($3::float8 / 1000) as start, to_timestamp($4::float8 / 1000) as stop
     ), given as (
       select unit, doc, closed_at, due_at, fenghuo.ms(doc -> 'assigned', 'at') as given_at
       from fenghuo.upkeep, period
       where county = $1 and run is null and coalesce(area, '') like $2 and unit is not null
         and (closed_at is null or (closed_at >= start and closed_at < stop))
     ), sent_back as (
       select r ->> 'unit' as unit, count(*)::int as returned
       from fenghuo.upkeep, period, jsonb_array_elements(doc -> 'returns') as r
       where county = $1 and run is null and coalesce(area, '') like $2 and doc -> 'returns' <> '[]'
         and (closed_at is null or closed_at >= start)
         and fenghuo.ms(r, 'at') >= start and fenghuo.ms(r, 'at') < stop
       group by 1
     ), worked as (
       select unit, (count(*) filter (where closed_at is null))::int as open,
              (count(*) filter (where closed_at is null and due_at < to_timestamp($5::float8 / 1000)))::int as overdue,
              count(closed_at)::int as closed,
              percentile_cont(0.5) within group (order by extract(epoch from closed_at - given_at)::float8) as "medianS",
              (count(*) filter (where closed_at <= due_at))::float8 / nullif(count(closed_at), 0) as "onTimeShare"
       from given, period group by unit
     )
     select coalesce(w.unit, s.unit) as unit,
            jsonb_build_object('zh', coalesce(n.name_zh, w.unit, s.unit), 'en', coalesce(n.name_en, w.unit, s.unit)) as name,
            coalesce(w.open, 0) as open, coalesce(w.overdue, 0) as overdue, coalesce(w.closed, 0) as closed,
            w."medianS", w."onTimeShare", coalesce(s.returned, 0) as returned
     from worked as w full join sent_back as s on s.unit = w.unit
     left join fenghuo.unit as n on n.id = coalesce(w.unit, s.unit)
     where coalesce(w.unit, s.unit) <> ''
     order by open desc, unit`,
    [query.county, query.areaPattern, query.from, query.to, query.now],
  );
  return rows;
}
