-- What the record says of persons: the record holds a digest in `detail.personal`, and the payload lies here, from
-- where it can be erased without breaking the chain. No update: a payload is what it was, or it is gone.
-- Crash window: none, the row is written in the transaction of the batch that names it.

create table fenghuo.audit_personal (
  county  text not null,
  no      bigint not null,
  digest  bytea not null,
  salt    bytea not null,
  payload text not null,
  primary key (county, no)
);
-- People's acts are a small part of the record: looked for by who did them, and no burden on the engine's own.
create index audit_by_person on fenghuo.audit (county, actor, no) where actor <> 'engine';
create index audit_by_at on fenghuo.audit using brin (at);
comment on column fenghuo.audit_personal.salt is '16 random bytes before the payload in its digest, erased with it';

grant select, insert, delete on fenghuo.audit_personal to fenghuo_app;
