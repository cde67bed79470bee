-- Revisions of the rulebook. One is written in the transaction of the writer that puts it in force; a faulty one is never
-- here. Crash window: between the command that the file on disk makes and the note that it was seen; the file is then
-- put once more, and refused, because it is in force already.
create table fenghuo.rulebook (
  county    text not null references fenghuo.county,
  version   integer not null,
  text      text not null,
  digest    text not null,
  author    text not null,
  reason    text not null,
  at        timestamptz not null,
  engine_no bigint not null,
  primary key (county, version)
);
comment on column fenghuo.rulebook.version is '0: the one that the house came with';
comment on column fenghuo.rulebook.engine_no is 'number of the input that brought it; 0: before the first';

-- The file on disk as it was last seen.
create table fenghuo.rulebook_file (
  county  text primary key references fenghuo.county,
  path    text not null,
  digest  text not null,
  seen_at timestamptz not null,
  errors  jsonb not null
);
grant select, insert on fenghuo.rulebook to fenghuo_app;
grant select, insert, update on fenghuo.rulebook_file to fenghuo_app;
