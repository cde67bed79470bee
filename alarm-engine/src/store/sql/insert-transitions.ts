import type { AlarmTransition } from '../../alarms/alarm-transition.ts';
import type { Statement } from '../statement-batch.ts';

/** Appends what happened to alarms: to history, which is dropped some day, and to their cases, with the events, for good. */
export function insertTransitions(county: string, transitions: readonly AlarmTransition[]): Statement {
  return {
    name: 'insert-transitions',
    text: `
      with step as materialized (
        select * from json_to_recordset($2)
          as t (no bigint, alarm text, version integer, at float8, run text, device text, rule text, kind text,
                area text, building text, severity text, "from" text, "to" text, why text, actor text, event jsonb)
      ), kept as (
        insert into fenghuo.case_step (alarm, version, no, at, severity, from_state, to_state, why, actor, event)
        select alarm, version, no, to_timestamp(at / 1000), severity, "from", "to", why, actor, event from step
      )
      insert into fenghuo.alarm_transition
        (county, no, alarm, version, at, run, device, rule, kind, area, building, severity, from_state, to_state,
         why, actor)
      select $1, no, alarm, version, to_timestamp(at / 1000), run, device, rule, kind, area, building, severity,
             "from", "to", why, actor
      from step`,
    values: [county, JSON.stringify(transitions)],
  };
}
