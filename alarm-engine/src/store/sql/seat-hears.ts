/**
 * Rooms, as rows of `seat (id, level, area, name)` within the pattern $2, for a statement that begins with them; $1 is
 * the county.
 */
export const seatRows = `
  seat as (
    select u.id, u.level, u.area, jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as name
    from fenghuo.unit u
    where u.county = $1 and u.level in ('county', 'township') and u.area like $2
  )`;

/**
 * Which rooms hear alarms of an area and severity that `rows` has, as rows of `hears (area, severity, seat)`: as
 * `chain/alarm-seats.ts` says it. Asked once for each area and severity, and not for each alarm.
 */
export const hearsRows = (rows: string) => `
  township as (select area from fenghuo.unit where county = $1 and level = 'township'),
  hears as materialized (
    select each.area, each.severity, seat.id as seat
    from (select area, severity, exists (select from township t where starts_with(heard.area, t.area)) as is_inside
          from (select distinct area, severity from ${rows}) heard) each
    join seat on starts_with(each.area, seat.area)
      and (seat.level = 'township' or each.severity <> 'low' or not each.is_inside)
  )`;

/** A step after which somebody has to act who had not to before: as `isAnnunciation` says it. */
export const annunciates = (row: string) =>
  `${row}.to_state = 'unacknowledged' and ${row}.from_state is distinct from 'unacknowledged'`;
