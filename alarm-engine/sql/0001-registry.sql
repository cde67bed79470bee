-- The registry: what stands in the county before the first event. Changed by import and by people, read by
-- the writer, the web and the gateway. Crash window: none of its own; an import is one transaction.

create schema fenghuo;

create table fenghuo.county (
  code        text primary key,
  name_zh     text not null,
  name_en     text not null,
  case_prefix text not null,
  seed        bigint,
  demo        boolean not null,
  created_at  timestamptz not null default now()
);

-- Demo data is marked for good: a county that was once filled with invented people never becomes a real one.
create function fenghuo.demo_is_for_good() returns trigger language plpgsql as $$
begin
  if old.demo and not new.demo then
    raise exception 'county % holds demo data for good; use a fresh database for a real county', old.code
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger demo_is_for_good before update on fenghuo.county
  for each row execute function fenghuo.demo_is_for_good();

create table fenghuo.area (
  code    text primary key,
  county  text not null references fenghuo.county,
  parent  text references fenghuo.area,
  level   text not null check (level in ('county', 'township', 'village', 'grid')),
  name_zh text not null,
  name_en text,
  lon     double precision not null,
  lat     double precision not null
);

create table fenghuo.building (
  id              text primary key,
  county          text not null references fenghuo.county,
  area            text not null references fenghuo.area,
  name_zh         text not null,
  name_en         text,
  use             text not null,
  floors          integer not null,
  lon             double precision not null,
  lat             double precision not null,
  footprint       jsonb not null,
  keyholder_name  text,
  keyholder_phone text
);
create index building_by_area on fenghuo.building (area text_pattern_ops);

-- `no` numbers devices densely from 0, so that memory holds them in typed arrays. A device that speaks
-- before it is registered gets a row with adopted = false and waits in the list for adoption.
create table fenghuo.device (
  no           integer primary key,
  id           text not null unique,
  county       text not null references fenghuo.county,
  type         text not null,
  adopted      boolean not null,
  area         text references fenghuo.area,
  building     text references fenghuo.building,
  floor        integer,
  room         text,
  lon          double precision,
  lat          double precision,
  parent       text,
  camera       jsonb,
  last_seen_at timestamptz
) with (fillfactor = 90);
create index device_by_area on fenghuo.device (area text_pattern_ops);
create index device_by_building on fenghuo.device (building);

create table fenghuo.unit (
  id           text primary key,
  county       text not null references fenghuo.county,
  level        text not null check (level in ('county', 'township', 'station', 'village', 'grid', 'team')),
  area         text not null references fenghuo.area,
  parent       text references fenghuo.unit,
  name_zh      text not null,
  name_en      text not null,
  lon          double precision not null,
  lat          double precision not null,
  capabilities text[] not null
);
create index unit_by_area on fenghuo.unit (area text_pattern_ops);

create table fenghuo.person (
  id      text primary key,
  unit    text not null references fenghuo.unit,
  name    text not null,
  post    text not null,
  phone   text not null,
  on_duty boolean not null
);
create index person_by_unit on fenghuo.person (unit);

create table fenghuo.base_map (
  county  text not null references fenghuo.county,
  name    text not null check (name in ('land', 'county', 'neighbours', 'townships')),
  geojson jsonb not null,
  primary key (county, name)
);

-- The second stream: roster, registry, rules, accounts. Its number is row-locked, so two importers never
-- share one, and a snapshot reads it in the transaction that reads the rest.
create table fenghuo.directory (
  county text primary key references fenghuo.county,
  no     bigint not null
);

create function fenghuo.bump_directory(of_county text) returns bigint language sql as $$
  insert into fenghuo.directory as d (county, no) values (of_county, 1)
  on conflict (county) do update set no = d.no + 1
  returning no;
$$;
