-- A bridge speaks for an area or for a set of devices that is named. Crash window: none of its own; existing
-- bridges have an area and stay as they are.

alter table fenghuo.credential add column devices text[];
alter table fenghuo.credential drop constraint credential_check1;
alter table fenghuo.credential add constraint credential_bridge_reach
  check ((kind = 'bridge') = (num_nonnulls(area, devices) = 1) and num_nonnulls(area, devices) < 2);
create index credential_by_county on fenghuo.credential (county, username);
