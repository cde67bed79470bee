-- The writer's own tables: one writer a county, everything that a batch causes in one transaction.
-- Crash window: before commit nothing happened; after commit everything did, and acknowledgements, answers
-- and pushes that were not sent are had again (redelivery, same command id, change-log tail).

create table fenghuo.writer_lease (
  county      text primary key,
  holder      text not null,
  epoch       bigint not null,
  backend_pid integer,
  expires_at  timestamptz not null
);

-- One row a transaction of the writer: the ordered input log. Events, commands and ticks carry numbers in
-- (first_no − 1, last_no].
create table fenghuo.input_batch (
  county    text not null,
  last_no   bigint not null,
  first_no  bigint not null,
  engine_at timestamptz not null,
  epoch     bigint not null,
  events    integer not null,
  commands  integer not null,
  due_fired integer not null,
  primary key (county, last_no)
);

create table fenghuo.command (
  id         uuid primary key,
  county     text not null,
  arrived_no bigint generated always as identity,
  arrived_at timestamptz not null default now(),
  actor      jsonb not null,
  body       jsonb not null,
  engine_no  bigint,
  answer     jsonb
);
create index command_waiting on fenghuo.command (county, arrived_no) where answer is null;

-- Records: the document is the record as contracts/src/records.ts words it; columns are read off it.
create function fenghuo.ms(doc jsonb, field text) returns timestamptz language sql immutable strict parallel safe as $$
  select to_timestamp((doc ->> field)::double precision / 1000)
$$;

create table fenghuo.alarm (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  run       text generated always as (doc ->> 'run') stored,
  rule      text generated always as (doc ->> 'rule') stored,
  device    text generated always as (doc ->> 'device') stored,
  area      text generated always as (doc ->> 'area') stored,
  severity  text generated always as (doc ->> 'severity') stored,
  state     text generated always as (doc ->> 'state') stored,
  incident  text generated always as (doc ->> 'incident') stored,
  raised_at timestamptz generated always as (fenghuo.ms(doc, 'raisedAt')) stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
-- Promise 2, held by the database too: one open alarm a device and rule.
create unique index alarm_open_once on fenghuo.alarm (county, coalesce(run, ''), device, rule) where closed_at is null;
create index alarm_by_raised on fenghuo.alarm (county, raised_at);
create index alarm_by_incident on fenghuo.alarm (incident);
create index alarm_by_device on fenghuo.alarm (device, raised_at);

create table fenghuo.incident (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  run       text generated always as (doc ->> 'run') stored,
  case_code text generated always as (doc ->> 'caseCode') stored,
  area      text generated always as (doc ->> 'area') stored,
  building  text generated always as (doc ->> 'building') stored,
  severity  text generated always as (doc ->> 'severity') stored,
  opened_at timestamptz generated always as (fenghuo.ms(doc, 'openedAt')) stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
create unique index incident_case_code on fenghuo.incident (case_code);
create index incident_open on fenghuo.incident (county) where closed_at is null;
create index incident_by_opened on fenghuo.incident (county, opened_at);

create table fenghuo.ticket (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  run       text generated always as (doc ->> 'run') stored,
  incident  text generated always as (doc ->> 'incident') stored,
  area      text generated always as (doc ->> 'area') stored,
  step      text generated always as (doc ->> 'step') stored,
  holder    text generated always as (doc ->> 'holder') stored,
  opened_at timestamptz generated always as (fenghuo.ms(doc, 'openedAt')) stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
-- One incident, at most one open ticket.
create unique index ticket_open_once on fenghuo.ticket (incident) where closed_at is null;
create index ticket_open on fenghuo.ticket (county) where closed_at is null;
create index ticket_by_opened on fenghuo.ticket (county, opened_at);

create table fenghuo.upkeep (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  area      text generated always as (doc ->> 'area') stored,
  device    text generated always as (doc ->> 'device') stored,
  opened_at timestamptz generated always as (fenghuo.ms(doc, 'openedAt')) stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
create index upkeep_open on fenghuo.upkeep (county) where closed_at is null;

create table fenghuo.drill (
  id         text primary key,
  county     text not null,
  doc        jsonb not null,
  started_at timestamptz generated always as (fenghuo.ms(doc, 'startedAt')) stored,
  ended_at   timestamptz generated always as (fenghuo.ms(doc, 'endedAt')) stored
);
create index drill_open on fenghuo.drill (county) where ended_at is null;

-- Time is data: what must happen at a time, fired by the writer's tick, forgotten by no restart.
create table fenghuo.due (
  id      text primary key,
  county  text not null,
  due_at  timestamptz not null,
  kind    text not null,
  subject text not null
);
create index due_next on fenghuo.due (county, due_at);

-- The change log: numbered by the writer without gaps; the web tails it. `was_area` is set when a record
-- moved, so that a viewer of the old area is told it is gone.
create table fenghuo.change_log (
  county   text not null,
  no       bigint not null,
  at       timestamptz not null,
  topic    text not null,
  key      text not null,
  area     text not null,
  was_area text,
  doc      jsonb,
  primary key (county, no)
);
create index change_log_by_at on fenghuo.change_log using brin (at);

-- What the writer says of itself each second, outside its transactions; replaces itself.
create table fenghuo.pulse (
  county text primary key,
  at     timestamptz not null,
  doc    jsonb not null
) with (fillfactor = 50);
