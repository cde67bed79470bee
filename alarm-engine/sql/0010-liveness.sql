-- Liveness: when devices were heard, by pages; until when we listened; device clocks that are off.
-- Crash window: heartbeats since the last flush are lost and come again; supervision time stands still for it.

-- 256 devices a row: seconds since 1970, 4 bytes each, big-endian, 0 for never. A county is 829 rows of 1 kB, so
-- a flush costs the same however many devices were heard. Plain and half empty: updates stay on their page.
create table fenghuo.seen_page (
  no      integer primary key,
  seconds bytea not null check (length(seconds) = 1024)
) with (fillfactor = 50);
alter table fenghuo.seen_page alter column seconds set storage plain;

insert into fenghuo.seen_page (no, seconds)
select page, string_agg(int4send(coalesce(extract(epoch from d.last_seen_at), 0)::integer), ''::bytea order by n)
from (select distinct no / 256 as page from fenghuo.device where last_seen_at is not null) as pages
cross join generate_series(0, 255) as n
left join fenghuo.device as d on d.no = page * 256 + n
group by page;
alter table fenghuo.device drop column last_seen_at;

-- Ms since 1970 at which a device was last heard, out of its page; null: never.
create function fenghuo.seen_ms(seconds bytea, device integer) returns double precision
language sql immutable parallel safe as $$
  select nullif(
    (get_byte(seconds, device % 256 * 4)::bigint << 24) + (get_byte(seconds, device % 256 * 4 + 1) << 16)
    + (get_byte(seconds, device % 256 * 4 + 2) << 8) + get_byte(seconds, device % 256 * 4 + 3),
    0)::double precision * 1000
$$;

-- What was heard until then is written down. From then to the next start nobody can be said to have been silent.
create table fenghuo.hearing (
  county      text primary key,
  heard_until timestamptz not null
) with (fillfactor = 50);

alter table fenghuo.device
  add column clock_off_since timestamptz,
  add column clock_off_ms double precision;
comment on column fenghuo.device.clock_off_ms is 'device time less ours; negative: behind';
create index device_clock_off on fenghuo.device (no) where clock_off_since is not null;

create index upkeep_open_by_device on fenghuo.upkeep (device) where closed_at is null;

grant select, insert, update on fenghuo.seen_page, fenghuo.hearing to fenghuo_app;
grant execute on function fenghuo.seen_ms to fenghuo_app;
