import type { TakenReport } from '../../intake/taken-report.ts';
import type { Statement } from '../statement-batch.ts';

/** The job never gives up by itself: its message counts the attempts. */
export const reporterAttempts = 32_767;

/** What people reported: the witness among the devices, the event among the events, the report, and its receipt. `now` in ms. */
export function insertReports(county: string, now: number, reports: readonly TakenReport[]): Statement[] {
  const rows = JSON.stringify(reports.map(rowOf));
  return [insertWitnesses(county, rows), insertEvents(now, rows), insertThem(county, now, rows)];
}

function rowOf({ device, event, engineNo, channel, what, takenBy, seat, alarm }: TakenReport) {
  const { no: deviceNo, id, area, building, floor, lon, lat } = device;
  const { run, attrs, kind } = event;
  return {
    deviceNo,
    id,
    area,
    building,
    floor,
    lon,
    lat,
    no: engineNo,
    kind,
    run,
    attrs,
    channel,
    what,
    takenBy,
    seat,
    alarm,
  };
}

function insertWitnesses(county: string, rows: string): Statement {
  return {
    name: 'insert-witnesses',
    text: `
      insert into fenghuo.device (no, id, county, type, adopted, witness, area, building, floor, lon, lat)
      select "deviceNo", id, $1, 'unknown', true, true, area, building, floor, lon, lat
      from json_to_recordset($2) as r ("deviceNo" int, id text, area text, building text, floor int, lon float8, lat float8)`,
    values: [county, rows],
  };
}

function insertEvents(now: number, rows: string): Statement {
  return {
    name: 'insert-reported-events',
    text: `
      insert into fenghuo.event (device, at, ident, no, received_at, kind, state, flags, run, attrs)
      select "deviceNo", to_timestamp($1::float8 / 1000), 0, no, to_timestamp($1::float8 / 1000), kind, 'alarm',
             8, coalesce(run, ''), attrs
      from json_to_recordset($2) as r ("deviceNo" int, no bigint, kind text, run text, attrs jsonb)`,
    values: [now, rows],
  };
}

/** Who left no number is told nothing, and of a drill nobody is. */
function insertThem(county: string, now: number, rows: string): Statement {
  return {
    name: 'insert-reports',
    text: `
      with kept as (
        insert into fenghuo.report (id, county, no, at, run, channel, what, area, building, floor, lon, lat, alarm, taken_by, seat)
        select id, $1, no, to_timestamp($2::float8 / 1000), run, channel, what, area, building, floor, lon, lat, alarm,
               "takenBy", seat
        from json_to_recordset($3) as r (id text, no bigint, run text, channel text, what text, area text, building text,
          floor int, lon float8, lat float8, alarm text, "takenBy" text, seat text)
        returning id, run
      ), made as (
        insert into fenghuo.report_message (id, report, county, kind, made_at)
        select k.id || ':received', k.id, $1, 'report-received', to_timestamp($2::float8 / 1000)
        from kept k join fenghuo.report_person p on p.report = k.id where p.phone <> '' and k.run is null
        returning id
      ), jobs as (
        select array_agg(row('tell-reporter', json_build_object('message', id), null, null, ${reporterAttempts}::smallint,
                             null, null, null)::graphile_worker.job_spec) as specs
        from made
      )
      select graphile_worker.add_jobs(specs) from jobs where specs is not null`,
    values: [county, now, rows],
  };
}
