-- What the setup pages read: the last migration, for the health page. Crash window: none.

grant select on public.fenghuo_migration to fenghuo_app;
