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

/** Whether `seat` hears alarms of `row`, which has an area and a severity: as `chain/alarm-seats.ts` says it. */
export const seatHears = (row: string) => `
  starts_with(${row}.area, seat.area)
  and (seat.level = 'township' or ${row}.severity <> 'low'
       or not exists (select from fenghuo.unit t
                      where t.county = $1 and t.level = 'township' and starts_with(${row}.area, t.area)))`;

/** A step after which somebody has to act who had not to before: as `isAnnunciation` says it. */
export const annunciates = (row: string) =>
  `${row}.to_state = 'unacknowledged' and ${row}.from_state is distinct from 'unacknowledged'`;
