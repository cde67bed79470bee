import type { CaseCard } from '@fenghuo/contracts/case.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** What is asked for; null: whatever it is. Times in ms. */
export interface CasesWish extends ReachValues {
  county: string;
  code: string | null;
  text: string | null;
  building: string | null;
  device: string | null;
  /** Account of somebody who moved the ticket, or part of their name where names may be looked for. */
  person: string | null;
  mayFindNames: boolean;
  from: number | null;
  to: number | null;
  open: boolean | null;
  /** Null is live. */
  run: string | null;
  anyRun: boolean;
  before: { openedAt: number; id: string } | null;
  limit: number;
}

/** The statement with its values. A text is looked for in the names of places, which are few, and in codes. */
function listCasesStatement(wish: CasesWish) {
  return {
    text: `
      with hit as (
        select i.id from fenghuo.building b join fenghuo.incident i on i.building = b.id
        where b.county = $1 and (b.name_zh ilike $14 or b.name_en ilike $14)
        union
        select i.id from fenghuo.area a
        join fenghuo.incident i on i.area ~>=~ a.code and i.area ~<~ (a.code || '~')
        where a.county = $1 and a.level <> 'county' and (a.name_zh ilike $14 or a.name_en ilike $14)
        union
        select i.id from fenghuo.incident i where i.case_code like $15
      )
      select i.case_code as code, i.id as incident, i.run, i.severity, i.doc -> 'title' as title,
             i.doc -> 'place' as place, i.area, i.building,
             (i.doc ->> 'openedAt')::float8 as "openedAt", (i.doc ->> 'closedAt')::float8 as "closedAt",
             t.doc ->> 'stage' as stage, coalesce((t.doc ->> 'reopened')::int, 0) as reopened,
             coalesce(jsonb_typeof(t.doc -> 'listed') = 'object', false) as listed,
             (t.doc -> 'visits' -> -1 ->> 'satisfied')::boolean as satisfied
      from fenghuo.incident i
      left join lateral (
        select doc from fenghuo.ticket where incident = i.id order by opened_at desc, id desc limit 1
      ) as t on true
      where i.county = $1 and ${incidentInReach('i', { pattern: '$2', unit: '$18' })}
        and ($3::text is null or i.case_code = $3)
        and ($4::text is null or i.building = $4)
        and ($5::text is null or i.id in (select incident from fenghuo.alarm where device = $5))
        and ($6::float8 is null or i.opened_at >= to_timestamp($6 / 1000))
        and ($7::float8 is null or i.opened_at < to_timestamp($7 / 1000))
        and ($8::boolean is null or (i.closed_at is null) = $8)
        and ($9::boolean or i.run = $10 or $10::text is null and i.run is null)
        and ($11::float8 is null or i.opened_at <= to_timestamp($11 / 1000)
             and (i.opened_at, i.id) < (to_timestamp($11 / 1000), $12))
        and ($14::text is null or i.id in (select id from hit))
        and ($16::text is null or exists (
          select 1 from fenghuo.ticket p, jsonb_array_elements(p.doc -> 'moves') as move
          where p.incident = i.id and (
            move ->> 'by' = $16
            or $17::text is not null and move ->> 'by' in (
              select name from fenghuo.account where county = $1 and display_name ilike $17))))
      order by i.opened_at desc, i.id desc limit $13`,
    values: [
      ...[wish.county, wish.areaPattern, wish.code, wish.building, wish.device, wish.from, wish.to],
      ...[
        wish.open,
        wish.anyRun,
        wish.run,
        wish.before?.openedAt ?? null,
        wish.before?.id ?? null,
        wish.limit,
      ],
      wish.text === null ? null : `%${escaped(wish.text)}%`,
      wish.text === null ? null : `${escaped(wish.text.toUpperCase())}%`,
      wish.person,
      wish.person === null || !wish.mayFindNames ? null : `%${escaped(wish.person)}%`,
      wish.unit,
    ],
  };
}

/** Cases by when they were opened, newest first. */
export async function listCases(db: Queryable, wish: CasesWish): Promise<CaseCard[]> {
  const { text, values } = listCasesStatement(wish);
  return (await db.query<CaseCard>(text, values)).rows;
}

/** What somebody typed is no pattern. */
const escaped = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');
