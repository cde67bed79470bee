-- What the setup pages read: the last migration, for the health page. The table is made by whoever applies these files,
-- not by one of them; where they are applied without it there is nothing to read. Crash window: none.

do $$
begin
  if to_regclass('public.fenghuo_migration') is not null then
    grant select on public.fenghuo_migration to fenghuo_app;
  end if;
end $$;
