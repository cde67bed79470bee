const words = `jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh))`;

/** The columns of a {@link DeviceCard}, of `fenghuo.device as d`, whose page of last seen is joined as `p`. */
export const deviceCardColumns = `
  d.id, d.type, d.adopted, coalesce(d.area, '') as area, d.building,
  coalesce((select ${words} from fenghuo.building as b where b.id = d.building),
           (select ${words} from fenghuo.area as a where a.code = d.area)) as place, d.floor, d.room, d.lon, d.lat, d.parent,
  d.camera, fenghuo.seen_ms(p.seconds, d.no) as "lastSeenAt",
  ${openSince('silent')} as "silentSince", ${openSince('stuck')} as "stuckSince",
  case when d.clock_off_since is not null then jsonb_build_object(
    'since', extract(epoch from d.clock_off_since) * 1000, 'offsetMs', d.clock_off_ms) end as "clockOff"`;

export const deviceCardTables = `fenghuo.device as d left join fenghuo.seen_page as p on p.no = d.no / 256`;

/** When the open, live work order of this kind was opened; null when there is none. */
function openSince(kind: 'silent' | 'stuck'): string {
  return `(select (u.doc ->> 'openedAt')::float8 from fenghuo.upkeep as u
           where u.device = d.id and u.closed_at is null and u.doc ->> 'kind' = '${kind}'
             and u.doc ->> 'run' is null limit 1)`;
}
