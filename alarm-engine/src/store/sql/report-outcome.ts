/** Stage and end of what `fenghuo.report as r` belongs to now: its alarm moves with every merge and split. */
export const reportOutcomeTables = `
  left join fenghuo.alarm a on a.id = r.alarm
  left join fenghuo.incident i on i.id = a.incident
  left join lateral (
    select doc ->> 'stage' as stage from fenghuo.ticket where incident = i.id order by opened_at desc, id desc limit 1
  ) t on true`;

export const reportOutcomeColumns = `t.stage, (i.closed_at is not null) as "incidentClosed"`;
