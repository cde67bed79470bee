import type { CaseFigures } from '@fenghuo/contracts/case-figures.ts';
import type { AreaLevel } from '@fenghuo/contracts/words.ts';
import type { CaseCounts } from '../../stats/case-figures.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

export type CaseCountRow = CaseCounts & Pick<CaseFigures['rows'][number], 'id' | 'level' | 'name'>;

/** How long the code of an area of each level is; grids have no figures of their own. */
const codeLengths = { county: 6, township: 9, village: 12 } as const;
export type FiguredLevel = Exclude<AreaLevel, 'grid'>;

/**
 * Live cases of an area that were opened in a period, each with the highest level that had to act: read off one index. By
 * township 1.2 to 2 s for 118,000 cases, on two cores that others were loading. What went into another case is visited there.
 */
const cases = `
  with high as (
    select coalesce(array_agg(id) filter (where level = 'county'), '{}') as county,
           coalesce(array_agg(id) filter (where level in ('township', 'station')), '{}') as township
    from fenghuo.unit where county = $1 and level in ('county', 'township', 'station')
  ), cases as (
    select t.area, t.worked_by, t.closed_at, t.stage, t.late, t.satisfied, t.reopened,
           extract(epoch from t.acknowledged_at - t.opened_at)::float8 as acknowledged,
           extract(epoch from t.accepted_at - t.opened_at)::float8 as accepted,
           extract(epoch from t.on_scene_at - t.opened_at)::float8 as arrived,
           t.closed_at is not null and t.stage <> 'false-alarm' as is_real,
           case when 'county' = any (t.drawn_in) or t.worked_by && high.county then 'county'
                when t.drawn_in && '{township,station}' or t.worked_by && high.township then 'township'
                else 'local' end as resolved_at
    from fenghuo.ticket as t, high
    where t.county = $1 and t.run is null and coalesce(t.area, '') like $2
      and t.opened_at >= to_timestamp($3::float8 / 1000) and t.opened_at < to_timestamp($4::float8 / 1000)
  ), merged as (
    select t.area, t.worked_by from fenghuo.incident as i join fenghuo.ticket as t on t.incident = i.id
    where i.doc ->> 'mergedInto' is not null and i.county = $1 and t.county = $1 and t.run is null
      and t.stage <> 'false-alarm' and t.closed_at is not null and coalesce(t.area, '') like $2
      and t.opened_at >= to_timestamp($3::float8 / 1000) and t.opened_at < to_timestamp($4::float8 / 1000)
  )`;

const counts = `
  count(*)::int as opened, count(closed_at)::int as closed,
  (count(*) filter (where stage = 'false-alarm'))::int as "falseAlarms",
  (count(*) filter (where reopened > 0))::int as reopened,
  (count(*) filter (where closed_at is not null and not late))::int as "onTime",
  (count(*) filter (where is_real and resolved_at = 'local'))::int as local,
  (count(*) filter (where is_real and resolved_at = 'township'))::int as township,
  (count(*) filter (where is_real and resolved_at = 'county'))::int as county,
  percentile_cont(0.5) within group (order by acknowledged) as "acknowledgeMedianS",
  percentile_cont(0.5) within group (order by accepted) as "acceptMedianS",
  percentile_cont(0.5) within group (order by arrived) as "arriveMedianS",
  count(satisfied) filter (where is_real)::int as "followedUp",
  (count(*) filter (where is_real and satisfied))::int as satisfied`;

/** By the areas of one level, as far as all of them is seen. */
export async function listCaseCountsOfAreas(
  db: Queryable,
  query: PeriodQuery & { level: FiguredLevel },
): Promise<CaseCountRow[]> {
  const length = codeLengths[query.level];
  const { rows } = await db.query<CaseCountRow>(
    `${cases}, counted as (
       select left(area, ${length}) collate "C" as id, ${counts} from cases where length(area) >= ${length} group by 1
     ), away as (
       select left(area, ${length}) collate "C" as id, count(*)::int as merged from merged group by 1
     )
     select c.*, coalesce(merged, 0) as merged, a.level, jsonb_build_object('zh', a.name_zh, 'en', coalesce(a.name_en, a.name_zh)) as name
     from counted as c left join away using (id)
     join fenghuo.area as a on a.code = c.id collate "default" and a.code like $2 order by c.id`,
    [query.county, query.areaPattern, query.from, query.to],
  );
  return rows;
}

/** By the units that worked on them: a case of two counts for both. */
export async function listCaseCountsOfUnits(
  db: Queryable,
  query: PeriodQuery & { limit: number },
): Promise<CaseCountRow[]> {
  const { rows } = await db.query<CaseCountRow>(
    `${cases}, counted as (
       select unit as id, ${counts} from cases, unnest(worked_by) as unit group by 1
     ), away as (
       select unit as id, count(*)::int as merged from merged, unnest(worked_by) as unit group by 1
     )
     select c.*, coalesce(merged, 0) as merged, u.level, jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as name
     from counted as c left join away using (id)
     join fenghuo.unit as u on u.id = c.id order by c.opened desc, c.id limit $5`,
    [query.county, query.areaPattern, query.from, query.to, query.limit],
  );
  return rows;
}
