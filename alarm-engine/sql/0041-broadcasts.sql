-- What a room says to a level of the chain, and who has read it; deliveries that are of no ticket. Crash window: none;
-- a broadcast, its units, their deliveries and the record are one transaction, and so is each receipt with its count.

create table fenghuo.broadcast (
  id        text primary key,
  county    text not null,
  doc       jsonb not null,
  area      text generated always as (doc ->> 'area') stored,
  closed_at timestamptz generated always as (fenghuo.ms(doc, 'closedAt')) stored
) with (fillfactor = 80);
create index broadcast_open on fenghuo.broadcast (county) where closed_at is null;

create table fenghuo.broadcast_unit (
  broadcast text not null references fenghuo.broadcast,
  unit      text not null,
  told      integer not null,
  read_at   timestamptz,
  read_by   text,
  primary key (broadcast, unit),
  check ((read_at is null) = (read_by is null))
);
create index broadcast_unit_by_unit on fenghuo.broadcast_unit (unit);
comment on column fenghuo.broadcast_unit.told is 'people on duty to whom it was delivered';
comment on column fenghuo.broadcast_unit.read_at is 'engine time';

alter table fenghuo.delivery alter column incident drop not null, alter column doc drop not null, add column run text;
update fenghuo.delivery set run = doc ->> 'run';
comment on column fenghuo.delivery.doc is 'the ticket as it was, or the drill; null: it is of neither';
comment on column fenghuo.delivery.run is 'the drill; null: it is real';

grant select, insert, update on fenghuo.broadcast, fenghuo.broadcast_unit to fenghuo_app;
