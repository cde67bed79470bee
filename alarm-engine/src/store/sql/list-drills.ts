import type { DrillCard } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

/** Drills of a county with what is played in them, the newest first. */
export async function listDrills(db: Queryable, county: string, limit: number): Promise<DrillCard[]> {
  const { rows } = await db.query<DrillCard>(
    `select d.id as run, d.doc ->> 'title' as title, (d.doc -> 'startedAt')::float8 as "startedAt",
            d.doc ->> 'startedBy' as "startedBy", nullif(d.doc -> 'endedAt', 'null')::float8 as "endedAt",
            d.doc -> 'participants' as participants,
            case when d.ended_at is null then p.port end as "gb26875Port",
            case when r.run is not null then jsonb_build_object(
              'scenario', r.scenario, 'seed', r.seed, 'wish', r.wish, 'state', r.state,
              'toldMsAgo', greatest(0, extract(epoch from clock_timestamp() - r.told_at) * 1000),
              'progress', r.progress, 'verdict', r.verdict, 'fault', r.fault, 'software', r.software,
              'hasReport', r.report is not null)
            end as play
     from fenghuo.drill d left join fenghuo.drill_run r on r.run = d.id
          left join fenghuo.drill_port p on p.run = d.id
     where d.county = $1 order by d.started_at desc, d.id desc limit $2`,
    [county, limit],
  );
  return rows;
}
