-- Who is on duty in which post. The estate says how it was at first; what was changed since is a row here, written in the
-- transaction of the writer that decided it, so that a message and the roster that it went by belong together.
-- Crash window: none of its own.
alter table fenghuo.person add column duty_post text not null default 'mobile'
  check (duty_post in ('commander', 'coordination', 'assessment', 'follow-up', 'inspection', 'mobile'));
update fenghuo.person set duty_post = case
    when post in ('指挥长', '值班领导') then 'commander' when post = '值班长' then 'coordination'
    when post like '调度席%' then 'follow-up' else 'assessment' end
  where post in ('指挥长', '值班长', '值班领导', '视频席') or post like '调度席%';

create table fenghuo.duty (
  person     text primary key references fenghuo.person,
  county     text not null references fenghuo.county,
  on_duty    boolean not null,
  post       text not null check (post in ('commander', 'coordination', 'assessment', 'follow-up', 'inspection', 'mobile')),
  until      timestamptz,
  changed_by text not null,
  changed_at timestamptz not null
);
comment on column fenghuo.duty.until is 'the duty ends by itself then, by a due row';

create view fenghuo.roster as
  select p.id, u.county, u.area, p.unit, p.name, p.phone, p.post as title, coalesce(d.post, p.duty_post) as post,
         coalesce(d.on_duty, p.on_duty) as on_duty, d.until, d.changed_by, d.changed_at
  from fenghuo.person p join fenghuo.unit u on u.id = p.unit left join fenghuo.duty d on d.person = p.id;

-- Whom a message went to: the writer names the unit and the people.
alter table fenghuo.delivery add column unit text, add column note jsonb;
comment on column fenghuo.delivery.unit is 'unit that was told; null: of before units were named';

grant select, insert, update on fenghuo.duty to fenghuo_app;
grant select on fenghuo.roster to fenghuo_app;
