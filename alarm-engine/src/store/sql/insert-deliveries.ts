import type { DrillMessage, Message } from '../../notify/message.ts';
import type { Statement } from '../statement-batch.ts';

/** The job never gives up by itself: its delivery counts the attempts, and to die on the way is none. */
const attempts = 32_767;

/**
 * Writes a delivery for each person whom a message goes to, over each channel of the county, and a job
 * for each that must leave the house. What is in the inbox is delivered as it is written. `now` in ms.
 */
export function insertDeliveries(
  county: string,
  now: number,
  messages: readonly (Message | DrillMessage)[],
): Statement {
  return {
    name: 'insert-deliveries',
    text: `
      with made as (
        insert into fenghuo.delivery
          (id, county, message, person, channel, kind, incident, run, unit, note, doc, state, made_at, settled_at)
        select concat_ws(':', m.id, c.channel, person), $1, m.id, person, c.channel, m.kind, m.incident, m.run, m.unit,
               m.note, coalesce(m.ticket, m.drill), case c.channel when 'inbox' then 'sent' else 'waiting' end,
               to_timestamp($2::float8 / 1000), case c.channel when 'inbox' then clock_timestamp() end
        from json_to_recordset($3) as m (id text, kind text, incident text, run text, unit text, note jsonb, people jsonb,
                                         ticket jsonb, drill jsonb)
        cross join jsonb_array_elements_text(m.people) as person
        join fenghuo.channel c on c.county = $1
        returning id, state
      ), jobs as (
        select array_agg(row('deliver', json_build_object('delivery', id), null, null, ${attempts}::smallint,
                             null, null, null)::graphile_worker.job_spec) as specs
        from made where state = 'waiting'
      )
      select graphile_worker.add_jobs(specs) from jobs where specs is not null`,
    values: [county, now, JSON.stringify(messages)],
  };
}
